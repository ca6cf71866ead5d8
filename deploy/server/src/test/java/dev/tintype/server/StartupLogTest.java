package dev.tintype.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tintype.egress.EgressMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class StartupLogTest {
  @Test
  void firstLineNamesVersionRoleAndSettings() {
    String line = logged(new RedisConfig("redis://:secret@redis:6379", "shots", false), "a worker");

    assertThat(line)
        .startsWith("event=starting version=")
        .contains(
            " role=worker ",
            " redis=redis://redis:6379 namespace=shots ",
            " worker=\"a worker\" ",
            " egress=public egress_allow=10.0.0.0/8,*.intra.example")
        .doesNotContain("secret");
  }

  @Test
  void embeddedRedisIsNamedInsteadOfItsAddress() {
    assertThat(logged(new RedisConfig("redis://:secret@127.0.0.1:1", "t", true), "w"))
        .contains(" redis=embedded ")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "redis://host:6379, redis://host:6379",
    "redis://user:p@ss/word@host:6379/2, redis://host:6379/2",
    "'redis-sentinel://:pw@a,b#main', 'redis-sentinel://a,b#main'",
  })
  void addressHasNoCredentials(String uri, String address) {
    assertThat(new RedisConfig(uri, "t", false).address()).isEqualTo(address);
  }

  private static String logged(RedisConfig redis, String worker) {
    var logger = (Logger) LoggerFactory.getLogger(StartupLog.class);
    var appender = new ListAppender<ILoggingEvent>();
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO); // Another test may have changed that of its parent.
    try {
      StartupLog.write(
          "worker",
          redis,
          new EgressConfig(EgressMode.PUBLIC, List.of("10.0.0.0/8", "*.intra.example")),
          Map.of("worker", worker));
    } finally {
      logger.detachAppender(appender);
      logger.setLevel(null);
    }
    assertThat(appender.list).hasSize(1);
    return appender.list.get(0).getFormattedMessage();
  }
}
