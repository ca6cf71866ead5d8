package dev.tintype.redis.image;

import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the machine's own Redis, version 7 or newer. */
class InstalledImageStoreTest extends RedisImageStoreContract {
  @RegisterExtension static final RedisServer server = RedisServer.installed();

  @Override
  String uri() {
    return server.uri();
  }
}
