package dev.tintype.cli.job;

import dev.tintype.cli.command.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file for the image of a command that captures. */
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "File for the image. An existing file is replaced. - is standard output. Default: the host"
              + " of the page, with a number if that file exists.")
  private @Nullable Path output;

  private @Nullable String file() {
    return output == null ? null : output.toString();
  }

  public ImageTarget target(Terminal terminal) {
    return new ImageTarget(terminal, file());
  }
}
