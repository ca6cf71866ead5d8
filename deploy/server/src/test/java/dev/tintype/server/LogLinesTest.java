package dev.tintype.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log of the product, as configured by its logback.xml. */
class LogLinesTest {
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws Exception {
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml")));
  }

  @AfterEach
  void close() {
    context.stop();
  }

  @Test
  void lineBreakInAMessageForgesNoLine() {
    String text = line("event=refused error=\"{}\"", null, "a\r\n\n2026 INFO  event=forged");

    assertThat(text.strip().lines()).hasSize(1);
    assertThat(text).endsWith("event=refused error=\"a 2026 INFO  event=forged\"\n");
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    String text = line("event=refused error=\"{}\"", null, "\u001b[2J\u009b2J\u0007\u007f\tx");

    assertThat(text).endsWith("event=refused error=\"?[2J?2J??\tx\"\n");
  }

  @Test
  void controlCharactersOfATraceDoNotReachTheTerminal() {
    String text = line("event=bug", new IllegalStateException("\u001b[2J"));

    assertThat(text).contains("event=bug\njava.lang.IllegalStateException: ?[2J\n\tat ");
    assertThat(text.split("IllegalStateException", -1)).as("printed once").hasSize(2);
  }

  @Test
  void stackTraceKeepsItsLines() {
    String text = line("event=bug", new IllegalStateException("why"));

    assertThat(text.lines()).hasSizeGreaterThan(2);
    assertThat(text).contains("event=bug\njava.lang.IllegalStateException: why\n\tat ");
  }

  @Test
  void jsonLineHasAPropertyForEachKey() {
    LogOptions.useJson(context);

    JsonNode line =
        json(
            "event=capture_failed job={} attempt={} took={}ms url=http://{}:{} note=\"{}\" done={}",
            null,
            "01j",
            2,
            310,
            "host",
            8080,
            "a b",
            true);

    assertThat(line.path("level").textValue()).isEqualTo("WARN");
    assertThat(Instant.parse(line.path("time").textValue())).isAfter(Instant.EPOCH);
    assertThat(line.path("event").textValue()).isEqualTo("capture_failed");
    assertThat(line.path("job").textValue()).isEqualTo("01j");
    assertThat(line.path("attempt").intValue()).isEqualTo(2);
    assertThat(line.path("took").textValue()).isEqualTo("310ms");
    assertThat(line.path("url").textValue()).isEqualTo("http://host:8080");
    assertThat(line.path("note").textValue()).isEqualTo("a b");
    assertThat(line.path("done").booleanValue()).isTrue();
    assertThat(line.path("message").textValue()).startsWith("event=capture_failed job=01j");
  }

  @Test
  void textOfAClientAddsNoJsonProperty() {
    LogOptions.useJson(context);

    JsonNode line = json("event=refused error=\"{}\" job={}", null, "x\" admin=1\n job={}", "01j");

    assertThat(line.path("job").textValue()).isEqualTo("01j");
    assertThat(line.path("error").textValue()).isEqualTo("x\" admin=1\n job={}");
    assertThat(line.has("admin")).isFalse();
  }

  @Test
  void argumentsOutsideOfPairsShiftNoValue() {
    LogOptions.useJson(context);

    JsonNode line = json("{} of {}: event={} code={}", null, 1, 2, "odd", 3);

    assertThat(line.path("event").textValue()).isEqualTo("odd");
    assertThat(line.path("code").intValue()).isEqualTo(3);
    assertThat(line.path("message").textValue()).isEqualTo("1 of 2: event=odd code=3");
  }

  @Test
  void fieldsCannotReplaceTimeAndLevelButMessageCan() {
    LogOptions.useJson(context);

    JsonNode line = json("event=capture_warning level={} message=\"{}\"", null, "x", "no fonts");

    assertThat(line.path("level").textValue()).isEqualTo("WARN");
    assertThat(line.path("message").textValue()).isEqualTo("no fonts");
  }

  @Test
  void exceptionIsOnePropertyOfItsLine() {
    LogOptions.useJson(context);

    JsonNode line = json("event=bug part={}", new IllegalStateException("why"), "worker");

    assertThat(line.path("part").textValue()).isEqualTo("worker");
    assertThat(line.path("exception").textValue())
        .startsWith("java.lang.IllegalStateException: why\n")
        .contains("\tat ");
  }

  private JsonNode json(String message, @Nullable Throwable failure, Object... arguments) {
    String text = line(message, failure, arguments);
    assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
    return Json.read(text, JsonNode.class);
  }

  private String line(String message, @Nullable Throwable failure, Object... arguments) {
    var logger = context.getLogger("dev.tintype");
    var event = new LoggingEvent("", logger, Level.WARN, message, failure, arguments);
    var console =
        (ConsoleAppender<ILoggingEvent>)
            Objects.requireNonNull(
                context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("console"));
    return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
