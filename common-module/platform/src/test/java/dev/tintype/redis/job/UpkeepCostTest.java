package dev.tintype.redis.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.RedisServer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every worker process asks of Redis each second. */
class UpkeepCostTest implements RedisQueueSteps {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  @RegisterExtension final QueueRig rig = new QueueRig(server, Audit.JOBS);

  @Test
  void howFullRedisIsIsAskedForWithoutAllElseThatItTellsOfItself() {
    redis().run(commands -> commands.configSet("slowlog-log-slower-than", "0")).await();
    redis().run(commands -> commands.slowlogReset()).await();

    upkeep().trimFinished(100).await();

    List<Object> calls = redis().run(commands -> commands.slowlogGet(100)).await();
    assertThat(calls.stream().map(UpkeepCostTest::words).filter(words -> words.startsWith("info")))
        .containsExactly("info memory");
  }

  /** A call is its number, its time, how long it took, its words, and whose it was. */
  private static String words(Object call) {
    List<?> words = (List<?>) ((List<?>) call).get(3);
    return String.join(" ", words.stream().map(String::valueOf).toList()).toLowerCase(Locale.ROOT);
  }

  @Override
  public QueueRig rig() {
    return rig;
  }
}
