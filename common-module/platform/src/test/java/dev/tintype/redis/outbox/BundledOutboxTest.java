package dev.tintype.redis.outbox;

import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class BundledOutboxTest extends OutboxContract {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  @Override
  String uri() {
    return server.uri();
  }
}
