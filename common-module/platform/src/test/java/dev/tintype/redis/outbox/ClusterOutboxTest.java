package dev.tintype.redis.outbox;

import dev.tintype.testing.RedisCluster;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClusterOutboxTest extends OutboxContract {
  @RegisterExtension static final RedisCluster cluster = new RedisCluster();

  @Override
  String uri() {
    return cluster.uri();
  }
}
