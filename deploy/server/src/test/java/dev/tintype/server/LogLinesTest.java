package dev.tintype.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log of the product, by its own logback.xml. */
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
  void aLineBreakInAMessageForgesNoLine() {
    String text = line("event=refused error=\"{}\"", null, "a\r\n\n2026 INFO  event=forged");

    assertThat(text.strip().lines()).hasSize(1);
    assertThat(text).endsWith("event=refused error=\"a 2026 INFO  event=forged\"\n");
  }

  @Test
  void aTerminalThatShowsTheLogIsNotCommanded() {
    String text = line("event=refused error=\"{}\"", null, "\u001b[2J\u009b2J\u0007\u007f\tx");

    assertThat(text).endsWith("event=refused error=\"?[2J?2J??\tx\"\n");
  }

  @Test
  void aTraceCommandsNoTerminalEither() {
    String text = line("event=bug", new IllegalStateException("\u001b[2J"));

    assertThat(text).contains("event=bug\njava.lang.IllegalStateException: ?[2J\n\tat ");
    assertThat(text.split("IllegalStateException", -1)).as("told once").hasSize(2);
  }

  @Test
  void aTraceKeepsItsLines() {
    String text = line("event=bug", new IllegalStateException("why"));

    assertThat(text.lines()).hasSizeGreaterThan(2);
    assertThat(text).contains("event=bug\njava.lang.IllegalStateException: why\n\tat ");
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
