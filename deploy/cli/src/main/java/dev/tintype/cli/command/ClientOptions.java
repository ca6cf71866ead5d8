package dev.tintype.cli.command;

import dev.tintype.client.ServerAddress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every client command. */
public final class ClientOptions {
  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      converter = ServerAddressConverter.class,
      defaultValue = "http://127.0.0.1:8080",
      description = "URL of the server. Default: ${DEFAULT-VALUE}.")
  ServerAddress server = ServerAddress.DEFAULT;

  // Arity and fallback value, here and below: picocli inverts a plain flag whose default, which may
  // come from the environment, is true.
  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = Subcommand.YES_OR_NO,
      description = "Print JSON, one object per line.")
  boolean json;

  @Mixin final PreviewOptions preview = new PreviewOptions();
}
