package dev.tintype.redis.outbox;

import dev.tintype.testing.RedisCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class ClusterOutboxTest extends OutboxContract {
  @RegisterExtension static final RedisCluster cluster = new RedisCluster();

  @Override
  String uri() {
    return cluster.uri();
  }
}
