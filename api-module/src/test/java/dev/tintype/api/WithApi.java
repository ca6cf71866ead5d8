package dev.tintype.api;

import dev.tintype.testing.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test for which there is an API, a new one each time. */
abstract class WithApi {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  ApiUnderTest api;

  @BeforeEach
  void startApi() {
    api = newApi();
  }

  ApiUnderTest newApi() {
    return new ApiUnderTest(redis.uri());
  }

  @AfterEach
  void stopApi() {
    api.close();
  }
}
