package dev.tintype.cli;

import picocli.CommandLine.Option;

/** What every client command understands. */
final class ClientOptions {
  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      converter = ServerAddress.Converter.class,
      defaultValue = ServerAddress.DEFAULT,
      description = "Where the API is. Default: ${DEFAULT-VALUE}.")
  ServerAddress server = new ServerAddress(ServerAddress.DEFAULT);

  // The arity and the fallback, here and below: picocli turns a plain flag around if its default,
  // which may come from the environment, is true.
  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = CaptureFlags.YES_OR_NO,
      description = "Print the job as JSON, one line, on standard output.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
