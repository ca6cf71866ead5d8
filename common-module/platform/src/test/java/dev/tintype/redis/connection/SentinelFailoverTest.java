package dev.tintype.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.testing.RedisSentinels;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class SentinelFailoverTest extends FailoverContract {
  @RegisterExtension static final RedisSentinels sentinels = new RedisSentinels();

  @Override
  String uri() {
    return sentinels.uri();
  }

  @Override
  RedisServer masterOf(String key) {
    return sentinels.master();
  }

  @Test
  void aSentinelThatIsAwayIsPassedOver() {
    var vertx = Vertx.vertx();
    // Nobody listens on port 1.
    String uri = uri().replace("://", "://127.0.0.1:1,");

    var redis = RedisConnections.connect(vertx, uri, Patience.FAIL_FAST).await();

    assertThat(redis.run(commands -> commands.ping()).await()).isEqualTo("PONG");
    redis.close().await();
    vertx.close().await();
  }
}
