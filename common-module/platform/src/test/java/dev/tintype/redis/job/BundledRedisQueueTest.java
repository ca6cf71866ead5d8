package dev.tintype.redis.job;

import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the oldest Redis that is supported. */
@Tag("slow")
class BundledRedisQueueTest extends RedisQueueContract {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  @Override
  String uri() {
    return server.uri();
  }
}
