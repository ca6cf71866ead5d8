package dev.tintype.redis.image;

import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the oldest Redis that is supported. */
class BundledImageStoreTest extends RedisImageStoreContract {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  @Override
  String uri() {
    return server.uri();
  }
}
