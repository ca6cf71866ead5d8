package dev.tintype.redis.job;

import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the machine's own Redis, version 7 or newer. */
class InstalledRedisQueueTest extends RedisQueueContract {
  @RegisterExtension static final RedisServer server = RedisServer.installed();

  @Override
  String uri() {
    return server.uri();
  }
}
