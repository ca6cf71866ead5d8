package dev.tintype.bench.queue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * BullMQ's rounds: one process of Node.js that stays, so that its compiler, too, has warmed up. A
 * round costs one line on each of its pipes.
 */
final class BullmqCycles implements AutoCloseable {
  private final Process process;
  private final PrintWriter rounds;
  private final BufferedReader seconds;
  private final Path log;
  private final int jobs;
  private int round;

  BullmqCycles(Path bullmq, Path folder, String redisUri, int jobs, int concurrency)
      throws IOException {
    this.jobs = jobs;
    this.log = folder.resolve("bullmq.log");
    this.process =
        new ProcessBuilder(
                List.of(
                    "node",
                    bullmq.resolve("cycles.mjs").toString(),
                    redisUri,
                    Integer.toString(jobs),
                    Integer.toString(concurrency),
                    TintypeQueue.specJson(),
                    TintypeQueue.resultJson()))
            .redirectError(log.toFile())
            .start();
    this.rounds = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    this.seconds = process.inputReader(StandardCharsets.UTF_8);
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /** Jobs a second from the first add to the last completion. */
  double rate() throws IOException {
    rounds.println("cycles-" + ++round);
    String line = seconds.readLine();
    if (line == null) {
      throw new IOException("BullMQ's process has ended; its log is " + log);
    }
    return jobs / Double.parseDouble(line);
  }

  @Override
  public void close() {
    // Between two rounds it has nothing to finish.
    process.destroyForcibly();
  }
}
