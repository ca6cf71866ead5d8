package dev.tintype.cli.command;

import picocli.CommandLine.Option;

/** Options to show a request instead of sending it. */
public final class PreviewOptions {
  @Option(
      names = "--dry-run",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = Subcommand.YES_OR_NO,
      description = "Print the request instead of sending it.")
  boolean isDryRun;

  @Option(
      names = "--curl",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = Subcommand.YES_OR_NO,
      description = "Print the curl command that would send the request.")
  boolean isCurl;

  public boolean isAsked() {
    return isDryRun || isCurl;
  }
}
