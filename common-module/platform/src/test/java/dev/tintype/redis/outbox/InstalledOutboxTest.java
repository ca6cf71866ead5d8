package dev.tintype.redis.outbox;

import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class InstalledOutboxTest extends OutboxContract {
  @RegisterExtension static final RedisServer server = RedisServer.installed();

  @Override
  String uri() {
    return server.uri();
  }
}
