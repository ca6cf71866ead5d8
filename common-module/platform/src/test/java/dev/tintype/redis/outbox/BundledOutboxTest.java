package dev.tintype.redis.outbox;

import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class BundledOutboxTest extends OutboxContract {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  @Override
  String uri() {
    return server.uri();
  }
}
