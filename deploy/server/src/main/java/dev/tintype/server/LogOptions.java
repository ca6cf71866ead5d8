package dev.tintype.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Iterator;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Flags that say how a server process logs. */
final class LogOptions {
  enum Format {
    text,
    json
  }

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json, one line an event. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "error, warn, info or debug. Default: ${DEFAULT-VALUE}.")
  private String level = "info";

  /** Keeps the log out of the way of a command that talks to a person. */
  void silence() {
    ((LoggerContext) LoggerFactory.getILoggerFactory())
        .getLogger("dev.tintype")
        .setLevel(Level.OFF);
  }

  /** To be called before anything is logged. */
  void apply() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger("dev.tintype").setLevel(Level.toLevel(level, Level.INFO));
    if (format == Format.json) {
      var encoder = new JsonEncoder();
      encoder.setContext(context);
      encoder.start();
      Iterator<ch.qos.logback.core.Appender<ILoggingEvent>> appenders =
          context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
      while (appenders.hasNext()) {
        if (appenders.next() instanceof ConsoleAppender<ILoggingEvent> console) {
          ((OutputStreamAppender<ILoggingEvent>) console).setEncoder(encoder);
        }
      }
    }
  }
}
