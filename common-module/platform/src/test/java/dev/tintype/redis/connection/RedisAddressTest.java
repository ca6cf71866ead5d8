package dev.tintype.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  @Test
  void oneServerHasAPasswordAPortAndADatabase() {
    RedisURI uri = one("rediss://tintype:s%40cret@redis.example:7000/2");

    assertThat(uri.getHost()).isEqualTo("redis.example");
    assertThat(uri.getPort()).isEqualTo(7000);
    assertThat(uri.getDatabase()).isEqualTo(2);
    assertThat(uri.isSsl()).isTrue();
    assertThat(uri.getTimeout()).isEqualTo(TIMEOUT);
    assertThat(password(uri)).isEqualTo("s@cret");
  }

  @Test
  void sentinelsNameAMaster() {
    RedisURI uri = one("redis-sentinel://:secret@a:1,b:2/3#main");

    assertThat(uri.getSentinelMasterId()).isEqualTo("main");
    assertThat(uri.getSentinels()).extracting(RedisURI::getHost).containsExactly("a", "b");
    assertThat(uri.getDatabase()).isEqualTo(3);
    assertThat(password(uri)).isEqualTo("secret");
    assertThat(one("rediss-sentinel://a#main").isSsl()).isTrue();
  }

  @Test
  void aClusterIsNamedByAnyOfItsNodes() {
    var cluster =
        (RedisAddress.Cluster) RedisAddress.of("rediss-cluster://u:secret@a:1,b", TIMEOUT);

    assertThat(cluster).hasToString("a:1,b:6379");
    assertThat(cluster.seeds())
        .allSatisfy(
            seed -> {
              assertThat(seed.isSsl()).isTrue();
              assertThat(seed.getTimeout()).isEqualTo(TIMEOUT);
              assertThat(password(seed)).isEqualTo("secret");
            });
    assertThat(RedisAddress.of("redis-cluster://a", TIMEOUT)).hasToString("a:6379");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "redis",
        "redis://",
        "redis://:pass word@host",
        "localhost:6379",
        "http://:secret@host",
        "redis-socket:///tmp/redis.sock",
        "redis://a,b",
        "redis://host:port",
        "redis://host:99999",
        "redis://host/first",
        "redis://host/1/2",
        "redis-sentinel://:secret@a:1,b:2",
        "redis-sentinel://a:1,:2#main",
        "redis-cluster://:secret@a:1,,b:2",
        "redis-cluster://a:1,b:2/1",
        "redis-cluster://a:x",
      })
  void whatIsNoAddressIsRefusedWithTheAllowedOnesAndWithoutItsPassword(String text) {
    assertThatThrownBy(() -> RedisAddress.of(text, TIMEOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis-cluster://")
        .hasMessageContaining("redis-sentinel://")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("pass word");
  }

  private static RedisURI one(String text) {
    return ((RedisAddress.OneMaster) RedisAddress.of(text, TIMEOUT)).uri();
  }

  private static String password(RedisURI uri) {
    var credentials = uri.getCredentialsProvider().resolveCredentials().block();
    return new String(credentials.getPassword());
  }
}
