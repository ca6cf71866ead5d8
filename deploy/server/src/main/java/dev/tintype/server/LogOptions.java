package dev.tintype.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Iterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Flags for the log of a server process. */
final class LogOptions {
  enum Format {
    text,
    json
  }

  enum Verbosity {
    error,
    warn,
    info,
    debug
  }

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "Log format: text, or json for one object per line with a property for each value. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description =
          "Lowest level that is logged: error, warn, info or debug. Default: ${DEFAULT-VALUE}.")
  private Verbosity level = Verbosity.info;

  /** Turns the log off, for a command that prints its own findings. */
  void silence() {
    context().getLogger("dev.tintype").setLevel(Level.OFF);
  }

  /** Configures the log. To be called before anything is logged. */
  void apply() {
    LoggerContext context = context();
    context.getLogger("dev.tintype").setLevel(Level.toLevel(level.name()));
    if (format == Format.json) {
      useJson(context);
    }
  }

  static void useJson(LoggerContext context) {
    var encoder = new JsonLogEncoder();
    encoder.setContext(context);
    encoder.start();
    Iterator<Appender<ILoggingEvent>> appenders =
        context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
    while (appenders.hasNext()) {
      if (appenders.next() instanceof ConsoleAppender<ILoggingEvent> console) {
        console.setEncoder(encoder);
      }
    }
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
