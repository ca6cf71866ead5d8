package dev.tintype.redis;

import dev.tintype.testing.RedisSentinels;
import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.extension.RegisterExtension;

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
}
