package dev.tintype.redis.image;

import dev.tintype.testing.RedisCluster;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a cluster of three masters, over which the images spread. */
class ClusterImageStoreTest extends RedisImageStoreContract {
  @RegisterExtension static final RedisCluster cluster = new RedisCluster();

  @Override
  String uri() {
    return cluster.uri();
  }
}
