package dev.tintype.server;

import dev.tintype.cli.Program;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The command {@code tintype} with the commands of the server beside those of the client. */
public final class Tintype {
  private Tintype() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(Program.run(servers(), arguments));
  }

  /** The whole command line, with defaults from the given environment. */
  static CommandLine commandLine(Map<String, String> environment) {
    return Program.commandLine(environment, Program.withClient(servers()));
  }

  private static List<CommandLine> servers() {
    return List.<Object>of(
            new ServeCommand(), new ApiCommand(), new WorkerCommand(), new DoctorCommand())
        .stream()
        .map(CommandLine::new)
        .map(line -> line.setExecutionExceptionHandler(Tintype::explain))
        .toList();
  }

  /**
   * Prints one line when a process cannot start. Any other exception is a bug and keeps its trace.
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
