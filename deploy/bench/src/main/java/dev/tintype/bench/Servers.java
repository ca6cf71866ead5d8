package dev.tintype.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The servers that a benchmark starts, and ends. Several threads may start some at once. */
public final class Servers implements AutoCloseable {
  private static final int LOOK_EVERY_MILLIS = 50;
  private static final int LOOKS = 60_000 / LOOK_EVERY_MILLIS;

  private final Path folder;

  /**
   * A server that runs.
   *
   * @param shown what the log showed when it was ready
   */
  public record Running(Process process, Matcher shown) {
    /**
     * The time that it has had on the cores since its start. Unlike a rate, the neighbours of the
     * machine hardly change it.
     */
    public Duration cpu() {
      return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
  }

  private final Deque<Process> processes = new ConcurrentLinkedDeque<>();

  /**
   * None yet.
   *
   * @param folder for the logs
   */
  public Servers(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts one and waits for it to be ready. Its output goes into a file: whoever would read a pipe
   * takes part in the measurement.
   *
   * @param ready what the log shows by then
   */
  public Running start(String name, Pattern ready, List<String> command)
      throws IOException, InterruptedException {
    Path log = folder.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    processes.push(process);
    for (int look = 0; look < LOOKS; look++) {
      Matcher shown = ready.matcher(Files.readString(log));
      if (shown.find()) {
        return new Running(process, shown);
      }
      if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    process.destroyForcibly();
    throw new IOException(name + " did not become ready; its log is " + log);
  }

  /** Starts a Redis as the product's operators are told to run theirs, and returns its URI. */
  public String startRedis() throws IOException, InterruptedException {
    int port = freePort();
    start(
        "redis",
        Pattern.compile("Ready to accept connections"),
        List.of(
            "redis-server",
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "everysec",
            // A rewrite in the middle of one round would be charged to that round's contestant.
            "--auto-aof-rewrite-percentage",
            "0"));
    return "redis://127.0.0.1:" + port;
  }

  /** A port of loopback that nobody uses at the moment. */
  public static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** Ends them, the last one first. */
  @Override
  public void close() {
    for (Process process : processes) {
      process.destroy();
      try {
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
      } catch (CompletionException late) {
        process.destroyForcibly();
      }
    }
  }
}
