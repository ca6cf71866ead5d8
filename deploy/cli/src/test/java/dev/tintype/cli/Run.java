package dev.tintype.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.cli.command.Terminal;
import dev.tintype.client.Pacing;
import dev.tintype.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** One run of a client command, with every stream in the hands of the test. */
final class Run {
  /** Gives up within a second or two, so that a test of giving up is no wait. */
  static final Pacing IMPATIENT =
      new Pacing(
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          2,
          Duration.ofSeconds(1),
          Duration.ofSeconds(20));

  final Captured out = new Captured();
  final Captured err = new Captured();
  final ByteArrayOutputStream bytes;
  private final CommandLine commandLine;
  private CompletableFuture<Integer> exit = new CompletableFuture<>();

  private Run(CommandLine commandLine, ByteArrayOutputStream bytes) {
    this.commandLine = commandLine;
    this.bytes = bytes;
  }

  static Run prepare(
      Path folder,
      Map<String, String> environment,
      String input,
      boolean interactive,
      Pacing pacing) {
    var bytes = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            bytes,
            interactive,
            folder);
    CommandLine commandLine =
        Program.commandLine(environment, ClientCommands.all(terminal, pacing));
    var run = new Run(commandLine, bytes);
    commandLine.setOut(run.out.printer()).setErr(run.err.printer());
    return run;
  }

  Run start(String... arguments) {
    // In a thread of its own: on a JDK of today the common pool, which may have one, also hears of
    // the ends of processes.
    exit =
        CompletableFuture.supplyAsync(
            () -> commandLine.execute(arguments),
            command -> {
              var thread = new Thread(command, "command");
              thread.setDaemon(true);
              thread.start();
            });
    return this;
  }

  int exit() {
    return exit.orTimeout(30, TimeUnit.SECONDS).join();
  }

  String out() {
    return out.text();
  }

  String err() {
    return err.text();
  }

  /** Every line of data. */
  List<JsonNode> lines() {
    return out.text().lines().map(line -> Json.read(line, JsonNode.class)).toList();
  }

  JsonNode json() {
    return Json.read(out.text(), JsonNode.class);
  }

  CommandLine commandLine() {
    return commandLine;
  }
}
