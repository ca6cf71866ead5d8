package dev.tintype.cli.command;

import picocli.CommandLine.Option;

/** What every command understands. */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
