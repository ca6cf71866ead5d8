package dev.tintype.cli.command;

import dev.tintype.client.ServerAddress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every client command understands. */
public final class ClientOptions {
  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      converter = ServerAddressConverter.class,
      defaultValue = "http://127.0.0.1:8080",
      description = "Where the API is. Default: ${DEFAULT-VALUE}.")
  ServerAddress server = ServerAddress.DEFAULT;

  // The arity and the fallback, here and below: picocli turns a plain flag around if its default,
  // which may come from the environment, is true.
  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = Subcommand.YES_OR_NO,
      description = "Print JSON on standard output, one line for each job or other thing.")
  boolean json;

  @Mixin final PreviewOptions preview = new PreviewOptions();
}
