package dev.tintype.cli;

import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.Subcommand;
import dev.tintype.cli.command.Terminal;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code completion}: prints a completion script for a shell. */
@Command(
    name = CompletionCommand.NAME,
    description = "Print a script that completes commands, flags and values in a shell.",
    footer = {
      "  source <(tintype completion bash)               for this shell",
      "  tintype completion bash > ~/.local/share/bash-completion/completions/tintype",
      "  echo 'source <(tintype completion zsh)' >> ~/.zshrc",
      "  tintype completion fish > ~/.config/fish/completions/tintype.fish"
    })
public final class CompletionCommand extends Subcommand {
  static final String NAME = "completion";

  /** Supported shells. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
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
    if (shell == Shell.fish) {
      FishCompletion.lines(program).forEach(this::print);
    } else {
      // One script for both: in zsh it emulates the completion of bash.
      printText(AutoComplete.bash(program.name(), program.commandLine()));
    }
    return ExitCode.DONE;
  }

  @Override
  protected Map<ExitCode, String> exitCodes() {
    return Map.of(ExitCode.DONE, "done");
  }
}
