package dev.tintype.bench.queue;

import dev.tintype.bench.Servers;
import dev.tintype.bench.Servers.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Two worker processes wait, one is given a job that does not end, and is killed. What counts is
 * the time until the other begins with the job.
 */
final class WorkerDeath {
  private static final Pattern READY = Pattern.compile("event=ready");
  private static final String BEGAN = "event=began";
  // Short beside seconds, long beside the reading of a small file.
  private static final int LOOK_EVERY_MILLIS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Side side;
  private final Path folder;
  private final String queue;

  /** One of the two that are compared. */
  interface Side {
    /** The command of a worker that is ready when its log says so, and says when it begins. */
    List<String> worker(String queue, String name);

    void submit(String queue) throws Exception;
  }

  /**
   * When things happen. Either side looks for dead workers at intervals of its own; the moments are
   * to be spread over these.
   *
   * @param untilJob from the start of one worker to the start of the other, and the job
   * @param untilKill from the beginning of the job to the death of its worker
   */
  record Moments(Duration untilJob, Duration untilKill) {}

  /**
   * One trial.
   *
   * @param folder for the logs
   * @param queue not used by any other trial
   */
  WorkerDeath(Side side, Path folder, String queue) {
    this.side = side;
    this.folder = folder;
    this.queue = queue;
  }

  /** Seconds from the kill to the beginning on the other worker. */
  double seconds(Moments moments) throws Exception {
    Files.createDirectories(folder);
    try (var servers = new Servers(folder)) {
      Running one = servers.start("one", READY, side.worker(queue, "one"));
      TimeUnit.MILLISECONDS.sleep(moments.untilJob.toMillis());
      Running other = servers.start("other", READY, side.worker(queue, "other"));
      side.submit(queue);
      boolean oneHasIt = awaitBeginning("one", "other").equals("one");
      TimeUnit.MILLISECONDS.sleep(moments.untilKill.toMillis());
      long killed = System.nanoTime();
      (oneHasIt ? one : other).process().destroyForcibly();
      awaitBeginning(oneHasIt ? "other" : "one");
      return (System.nanoTime() - killed) / 1e9;
    }
  }

  /** Returns the name of the worker that has begun. */
  private String awaitBeginning(String... names) throws IOException, InterruptedException {
    for (long look = 0; look < PATIENCE.toMillis() / LOOK_EVERY_MILLIS; look++) {
      for (String name : names) {
        if (Files.readString(folder.resolve(name + ".log")).contains(BEGAN)) {
          return name;
        }
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
    throw new IOException("nobody begins with the job; the logs are in " + folder);
  }
}
