package dev.tintype.system;

import dev.tintype.testing.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the distribution, started by its own script. */
final class TintypeProcess implements AutoCloseable {
  static final Path COMMAND = Path.of("target", "tintype", "bin", "tintype").toAbsolutePath();

  static final Path CACHE = Path.of("target", "cache").toAbsolutePath();

  /** The line by which each command says that it is ready. */
  private static final Map<String, Pattern> READY =
      Map.of(
          "serve", Pattern.compile("event=ready url=(\\S+)"),
          "api", Pattern.compile("event=api_listening host=\\S+ (port=\\d+)"),
          "worker", Pattern.compile("event=(worker_ready)"));

  // For a machine that does ten other things; a process that fails to start ends, and is noticed at
  // once.
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private final Process process;
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private TintypeProcess(Process process, Pattern readyLine) {
    this.process = process;
    var reader = new Thread(() -> read(readyLine), "log-of-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a server command and waits until it is ready. */
  static TintypeProcess start(String... arguments) throws Exception {
    return startUntil(READY.getOrDefault(arguments[0], Pattern.compile("$")), arguments);
  }

  /** Starts everything in one, with one browser, on a free port and with a Redis of its own. */
  static TintypeProcess serve(Path data) throws Exception {
    return start(
        "serve",
        "--data",
        data.toString(),
        "--port",
        "0",
        "--browsers",
        "1",
        "--egress-allow",
        "127.0.0.1");
  }

  /** Starts a server command and waits until it has logged a line; a group is its url. */
  static TintypeProcess startUntil(Pattern line, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
    command.addAll(List.of(arguments));
    Process process = ChildProcess.start(builder(command).redirectErrorStream(true));
    var started = new TintypeProcess(process, line);
    try {
      started.ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      started.close();
      throw new IOException("not ready: " + String.join("\n", started.log), e);
    }
    return started;
  }

  /** Runs a client command to its end. */
  static Ended run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
    command.addAll(List.of(arguments));
    Process process = ChildProcess.start(builder(command));
    // A thread of its own: the common pool may have but one, on which JDK 25 hears of the ends of
    // processes, and a command may run for a minute.
    var err =
        CompletableFuture.supplyAsync(
            () -> text(process.errorReader()),
            reading -> new Thread(reading, "errors of " + arguments[0]).start());
    String out = text(process.inputReader());
    process.waitFor();
    return new Ended(process.exitValue(), out, err.get());
  }

  private static ProcessBuilder builder(List<String> command) {
    var builder = new ProcessBuilder(command);
    // What a command keeps for the next one belongs to the build, not to whoever runs it.
    builder.environment().put("XDG_CACHE_HOME", CACHE.toString());
    return builder;
  }

  record Ended(int code, String out, String err) {}

  /** Where it serves; for processes that do. */
  String url() {
    return ready.join();
  }

  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  /** As {@code kill -9}, of the process alone and not of its children. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As SIGTERM; waits for the end. */
  int stop() throws InterruptedException {
    ChildProcess.terminate(process);
    return process.waitFor();
  }

  @Override
  public void close() {
    ChildProcess.stop(process);
  }

  private void read(Pattern readyLine) {
    try (BufferedReader lines = process.inputReader()) {
      String line;
      while ((line = lines.readLine()) != null) {
        log.add(line);
        Matcher event = readyLine.matcher(line);
        if (event.find()) {
          ready.complete(event.group(1).replace("port=", "http://127.0.0.1:"));
        }
      }
      ready.completeExceptionally(new IOException("ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  private static String text(BufferedReader reader) {
    return String.join("\n", reader.lines().toList());
  }
}
