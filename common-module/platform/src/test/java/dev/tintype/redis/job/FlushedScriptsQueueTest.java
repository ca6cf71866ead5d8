package dev.tintype.redis.job;

import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a Redis that has forgotten every script before every call, as after a fail-over. */
@Tag("slow")
class FlushedScriptsQueueTest extends RedisQueueContract {
  @RegisterExtension static final RedisServer server = RedisServer.installed();

  @Override
  String uri() {
    return server.uri();
  }

  @Override
  public RedisConnections redis() {
    super.redis().run(commands -> commands.scriptFlush()).await();
    return super.redis();
  }
}
