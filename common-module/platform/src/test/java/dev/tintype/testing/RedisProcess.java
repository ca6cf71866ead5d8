package dev.tintype.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A running {@code redis-server}, which does not outlive the tests. */
final class RedisProcess {
  private final Process process;

  private RedisProcess(Process process) {
    this.process = process;
  }

  /** Starts it, and returns when it takes connections. */
  static RedisProcess start(List<String> command) throws IOException {
    Process process = ChildProcess.start(new ProcessBuilder(command).redirectErrorStream(true));
    var output = process.inputReader();
    StringBuilder said = new StringBuilder();
    String line;
    while ((line = output.readLine()) != null) {
      said.append(line).append('\n');
      // A Sentinel never calls itself ready; it says its name when it listens.
      if (line.contains("Ready to accept connections") || line.contains("Sentinel ID is")) {
        drain(output);
        return new RedisProcess(process);
      }
    }
    throw new IOException("redis-server did not start:\n" + said);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Dies as by {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void stop() {
    ChildProcess.stop(process);
  }

  /** A full pipe would stop the server in the middle of a log line. */
  private static void drain(BufferedReader output) {
    var reader =
        new Thread(
            () -> {
              try {
                output.transferTo(Writer.nullWriter());
              } catch (IOException ended) {
                // The server was stopped.
              }
            },
            "redis-output");
    reader.setDaemon(true);
    reader.start();
  }
}
