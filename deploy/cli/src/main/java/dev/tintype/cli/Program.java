package dev.tintype.cli;

import dev.tintype.cli.command.ArgumentCheck;
import dev.tintype.cli.command.EnvironmentDefaults;
import dev.tintype.cli.command.ExitCode;
import dev.tintype.cli.command.HelpWidth;
import dev.tintype.cli.command.ProductVersion;
import dev.tintype.cli.command.UsageErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code tintype}. Its main method knows the client commands only; the server adds its
 * own commands to the same program.
 */
@Command(
    name = "tintype",
    description = "Take screenshots of web pages as jobs: submit a capture, fetch the image later.",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class,
    footer = {
      "",
      "Every flag can be set in the environment: --server is TINTYPE_SERVER.",
      "",
      "First steps:",
      "  tintype serve                            # in one terminal",
      "  tintype shot https://example.com         # in another"
    })
public final class Program implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // Replaced by picocli.

  private Program() {}

  /** Runs one client command and exits with its code. */
  public static void main(String[] arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      // Without picocli, which takes longer to load than to print this.
      System.out.println(ProductVersion.line());
      return;
    }
    System.exit(run(List.of(), arguments));
  }

  /**
   * Runs one command, with the environment of the process.
   *
   * @param others commands beside those of the client; created by the caller
   */
  public static int run(List<?> others, String... arguments) {
    Map<String, String> environment = System.getenv();
    String error = ArgumentCheck.error(arguments, environment);
    if (!error.isEmpty()) {
      System.err.println(error);
      return ExitCode.USAGE.status();
    }
    return ClientCommands.only(arguments)
        // Creating every command takes longer than most commands take to run.
        .map(command -> commandLine(environment, List.of(command)))
        .orElseGet(() -> commandLine(environment, withClient(others)))
        .execute(arguments);
  }

  /** The whole program, with defaults from the given environment. */
  public static CommandLine commandLine(Map<String, String> environment, List<?> commands) {
    var line = new CommandLine(new Program());
    commands.forEach(line::addSubcommand);
    HelpWidth.set(line, environment);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setDefaultValueProvider(new EnvironmentDefaults(environment))
        .setParameterExceptionHandler(new UsageErrors());
  }

  /** All commands, in the order of the help. */
  public static List<Object> withClient(List<?> others) {
    List<Object> commands = new ArrayList<>(others);
    commands.add(new HelpCommand());
    commands.addAll(ClientCommands.all());
    return commands;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.status();
  }
}
