package dev.tintype.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Limit of a wait. */
public final class WaitOptions {
  @Option(
      names = "--wait-limit",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "10m",
      description =
          "How long to wait for the job, queue included. The job continues afterwards."
              + " Default: ${DEFAULT-VALUE}.")
  private Duration limit = Duration.ofMinutes(10);

  public Duration limit() {
    return limit;
  }
}
