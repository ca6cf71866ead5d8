package dev.tintype.bench.soak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Kills. A worker every few seconds; the API and Redis some times, spread over the run. The last
 * worker that is ready is left alone: if all are dead, nobody can notice.
 */
final class SoakChaos {
  private static final int LOOK_EVERY_MILLIS = 100;
  // A service manager is back at once; a machine that is booted is not, and leases go on.
  private static final int LONGEST_AWAY_MILLIS = 4_000;

  private final SoakFleet fleet;
  private final Duration every;
  private final DoubleSupplier done;
  private final SplittableRandom choices;
  private final Deque<Double> apiKills;
  private final Deque<Double> redisKills;
  private final Thread thread = new Thread(this::run, "chaos");

  /**
   * Not started yet.
   *
   * @param done how much of the work, or of the time for it, is over; 0 to 1
   */
  SoakChaos(SoakSettings settings, SoakFleet fleet, DoubleSupplier done) {
    this.fleet = fleet;
    this.every = settings.killEvery();
    this.done = done;
    this.choices = settings.choices("chaos");
    this.apiKills = moments(settings.apiKills());
    this.redisKills = moments(settings.redisKills());
  }

  /** One in the middle half of each part, and none when nearly all is done. */
  private Deque<Double> moments(int number) {
    Deque<Double> moments = new ArrayDeque<>();
    for (int i = 0; i < number; i++) {
      moments.add(0.9 * (i + choices.nextDouble(0.25, 0.75)) / number);
    }
    return moments;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      long nextKill = System.nanoTime();
      while (true) {
        if (System.nanoTime() >= nextKill) {
          killWorker();
          nextKill += (long) (every.toNanos() * choices.nextDouble(0.5, 1.5));
        }
        killIfDue(fleet.api, apiKills);
        killIfDue(fleet.redis, redisKills);
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void killWorker() {
    List<SoakProcess> ready = fleet.workers.stream().filter(SoakProcess::isReady).toList();
    if (ready.size() > 1) {
      ready.get(choices.nextInt(ready.size())).kill(Duration.ZERO);
    }
  }

  private void killIfDue(SoakProcess process, Deque<Double> moments) {
    Double next = moments.peek();
    if (next != null && done.getAsDouble() >= next && process.isReady()) {
      moments.remove();
      process.kill(Duration.ofMillis(choices.nextLong(LONGEST_AWAY_MILLIS)));
    }
  }

  /** Leaves whoever is starting alone. */
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
