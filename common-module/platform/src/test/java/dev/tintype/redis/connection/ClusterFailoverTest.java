package dev.tintype.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.redis.stored.Keys;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisCluster;
import dev.tintype.testing.RedisServer;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class ClusterFailoverTest extends FailoverContract {
  @RegisterExtension static final RedisCluster cluster = new RedisCluster();

  @AfterEach
  void heal() throws IOException {
    cluster.heal();
  }

  @Override
  String uri() {
    return cluster.uri();
  }

  @Override
  RedisServer masterOf(String key) {
    return cluster.masterOf(key);
  }

  @Test
  void allKeysButImagesShareASlotAndImagesAreSpread() {
    var keys = new Keys("tintype");
    var id = Fixtures.aJobId();

    assertThat(
            List.of(keys.job(id), keys.jobs(), keys.tombstone(id), keys.garbage(), keys.totals()))
        .extracting(SlotHash::getSlot)
        .containsOnly(SlotHash.getSlot(keys.prefix()));
    assertThat(
            IntStream.range(0, 100)
                .mapToObj(i -> masterOf(keys.image("image-" + i)).port())
                .distinct())
        .hasSize(3);
  }
}
