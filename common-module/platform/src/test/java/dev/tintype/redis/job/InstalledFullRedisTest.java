package dev.tintype.redis.job;

import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the machine's own Redis, version 7 or newer. */
class InstalledFullRedisTest extends FullRedisContract {
  @RegisterExtension static final RedisServer server = RedisServer.installed();

  @Override
  RedisServer server() {
    return server;
  }
}
