package dev.tintype.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The program, as far as it is the client, in a process that can be killed. */
final class ClientProcess {
  private ClientProcess() {}

  static Process start(Path folder, String... arguments) throws IOException {
    return start(folder, Map.of(), arguments);
  }

  static Process start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ClientProcess.class.getName()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).directory(folder.toFile());
    process.environment().putAll(environment);
    return process.start();
  }

  public static void main(String[] arguments) {
    var commandLine = new CommandLine(new Run.Program());
    ClientCommands.all().forEach(commandLine::addSubcommand);
    System.exit(commandLine.execute(arguments));
  }
}
