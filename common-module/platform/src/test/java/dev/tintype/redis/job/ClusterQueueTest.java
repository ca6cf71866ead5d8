package dev.tintype.redis.job;

import dev.tintype.testing.RedisCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a cluster of three masters. */
@Tag("slow")
class ClusterQueueTest extends RedisQueueContract {
  @RegisterExtension static final RedisCluster cluster = new RedisCluster();

  @Override
  String uri() {
    return cluster.uri();
  }
}
