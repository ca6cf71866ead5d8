package dev.tintype.cli.job;

import dev.tintype.cli.command.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command that captures saves the image. */
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to save the image. An existing file is replaced; its extension chooses the format"
              + " unless --format does. - is standard output. Default: the host of the page, with a"
              + " number if there is such a file.")
  private @Nullable String output;

  public ImageTarget target(Terminal terminal) {
    return new ImageTarget(terminal, output);
  }
}
