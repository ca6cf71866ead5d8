package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child process of a test. Its output is read as it comes, by threads of its own: a test that
 * waits for output can time out, which a thread that reads a pipe cannot.
 */
final class ChildProcess implements AutoCloseable {
  final Captured out = new Captured();
  final Captured err = new Captured();
  private final Process process;
  private final List<Thread> readers = new ArrayList<>();

  private ChildProcess(Process process) {
    this.process = process;
  }

  static ChildProcess start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    var child = new ChildProcess(builder.start());
    child.read(child.process.errorReader(StandardCharsets.UTF_8), child.err);
    return child;
  }

  /** The client program, in a process that can be interrupted and killed. */
  static ChildProcess client(Path folder, String... arguments) throws IOException {
    return client(folder, Map.of(), arguments).reading();
  }

  static ChildProcess client(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(withDefaultSignals());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName()));
    command.addAll(List.of(arguments));
    return start(folder, environment, command);
  }

  /**
   * A build in the background ignores SIGINT, its children inherit that, and a JVM that inherits it
   * never hears of Ctrl-C.
   */
  private static List<String> withDefaultSignals() throws IOException {
    List<String> prefix = List.of("env", "--default-signal=INT");
    var probe = new ProcessBuilder(prefix).command("env", "--default-signal=INT", "true").start();
    try {
      // The env of other systems than GNU does not know the flag.
      return probe.waitFor() == 0 ? prefix : List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Reads standard output into {@link #out}. */
  ChildProcess reading() {
    read(process.inputReader(StandardCharsets.UTF_8), out);
    return this;
  }

  /** The first line of standard output, which is closed then. */
  String firstLine() throws Exception {
    return CompletableFuture.supplyAsync(
            () -> {
              try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                return reader.readLine();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .get(60, TimeUnit.SECONDS);
  }

  Process process() {
    return process;
  }

  void write(String input) throws IOException {
    try (var stream = process.getOutputStream()) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** As Ctrl-C does. */
  void interrupt() throws Exception {
    // The shell's own kill: a small Debian has no program of that name.
    new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
  }

  /** Exit code, after all output has been read. */
  int exit() throws Exception {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(out.text() + err.text()).isTrue();
    for (Thread reader : readers) {
      reader.join(TimeUnit.SECONDS.toMillis(20));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void read(BufferedReader from, Captured to) {
    var reader =
        new Thread(
            () -> {
              try (from) {
                from.transferTo(to);
              } catch (IOException e) {
                // The process was killed.
              }
            },
            "reader of a child");
    reader.setDaemon(true);
    reader.start();
    readers.add(reader);
  }
}
