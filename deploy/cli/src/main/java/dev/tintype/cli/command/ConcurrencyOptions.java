package dev.tintype.cli.command;

import picocli.CommandLine.Option;

/** Limit of concurrent work. */
public final class ConcurrencyOptions {
  @Option(
      names = "--concurrency",
      paramLabel = "COUNT",
      defaultValue = "16",
      description =
          "Maximum number of concurrent requests and open jobs, 1 to 256. Default: ${DEFAULT-VALUE}.")
  private int count = 16;

  public int count(int most) {
    if (count < 1 || count > most) {
      throw new CommandFailure(
          ExitCode.USAGE, "--concurrency is " + count + "; allowed: 1 to " + most);
    }
    return count;
  }
}
