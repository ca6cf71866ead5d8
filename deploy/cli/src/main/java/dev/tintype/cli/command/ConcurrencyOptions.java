package dev.tintype.cli.command;

import picocli.CommandLine.Option;

/** How much a command does at once. */
public final class ConcurrencyOptions {
  @Option(
      names = "--concurrency",
      paramLabel = "COUNT",
      defaultValue = "16",
      description = "How much of it is under way at once, 1 to 256. Default: ${DEFAULT-VALUE}.")
  private int count = 16;

  public int count(int most) {
    if (count < 1 || count > most) {
      throw new CommandFailure(
          ExitCode.USAGE, "--concurrency is " + count + "; allowed is 1 to " + most);
    }
    return count;
  }
}
