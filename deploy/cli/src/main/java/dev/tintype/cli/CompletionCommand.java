package dev.tintype.cli;

import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Subcommand;
import dev.tintype.cli.command.Terminal;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code completion}: teaches a shell the commands and flags. */
@Command(
    name = CompletionCommand.NAME,
    description = "Print a script that completes commands and flags in a shell.",
    footer = {
      "  source <(tintype completion bash)               for this shell",
      "  tintype completion bash > ~/.local/share/bash-completion/completions/tintype",
      "  echo 'source <(tintype completion zsh)' >> ~/.zshrc"
    })
public final class CompletionCommand extends Subcommand {
  static final String NAME = "completion";

  /** Shells that are known. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.bash;

  public CompletionCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected ExitCode run() {
    CommandSpec program = spec().root();
    print(
        "# Completion of "
            + program.name()
            + " for "
            + shell
            + ", by: "
            + program.name()
            + " completion "
            + shell);
    // One script for both: in zsh it turns on the emulation of bash's completion by itself.
    printText(AutoComplete.bash(program.name(), program.commandLine()));
    return ExitCode.DONE;
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return Map.of(ExitCode.DONE, "done");
  }
}
