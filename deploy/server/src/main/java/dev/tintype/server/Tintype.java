package dev.tintype.server;

import dev.tintype.cli.ClientCommands;
import dev.tintype.cli.command.EnvironmentDefaults;
import dev.tintype.cli.command.ExitCode;
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

/** The command {@code tintype}. */
@Command(
    name = "tintype",
    description = "Take screenshots as jobs: submit a capture, fetch the image later.",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class,
    footer = {
      "",
      "Every flag has an environment variable: --max-wait is TINTYPE_MAX_WAIT.",
      "",
      "First steps:",
      "  tintype serve                            # in one terminal",
      "  tintype shot https://example.com         # in another"
    })
public final class Tintype implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // Replaced by picocli.

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    String first = args.length == 0 ? "" : args[0];
    CommandLine line =
        ClientCommands.one(first)
            // Building every command takes longer than most commands take to run.
            .map(command -> commandLine(System.getenv(), List.of(command)))
            .orElseGet(() -> commandLine(System.getenv()));
    System.exit(line.execute(args));
  }

  /** The whole command line, with defaults from the given environment. */
  static CommandLine commandLine(Map<String, String> environment) {
    List<Object> commands = new ArrayList<>();
    commands.add(new ServeCommand());
    commands.add(new ApiCommand());
    commands.add(new WorkerCommand());
    commands.add(new DoctorCommand());
    commands.add(new HelpCommand());
    commands.addAll(ClientCommands.all());
    return commandLine(environment, commands);
  }

  private static CommandLine commandLine(Map<String, String> environment, List<?> commands) {
    var line = new CommandLine(new Tintype());
    commands.forEach(line::addSubcommand);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setDefaultValueProvider(new EnvironmentDefaults(environment))
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(Tintype::explain);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.status();
  }

  /**
   * Prints why a process cannot start in one line. Every other exception is a bug and keeps its
   * trace.
   */
  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof StartException known) {
      line.getErr().println("tintype: " + known.getMessage());
      return 1;
    }
    throw failure;
  }
}
