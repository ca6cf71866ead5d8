package dev.tintype.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command waits. */
public final class WaitOptions {
  @Option(
      names = "--wait-limit",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "10m",
      description =
          "How long to wait for the job, queue included. When it is over the job goes on."
              + " Default: ${DEFAULT-VALUE}.")
  private Duration limit = Duration.ofMinutes(10);

  public Duration limit() {
    return limit;
  }
}
