package dev.tintype.bench.soak;

import dev.tintype.bench.Servers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Many tenants' jobs over real processes that are killed at random; then all that was promised is
 * recounted. Exits with 1 if a promise was broken.
 */
final class Soak {
  private static final Duration LINE_EVERY = Duration.ofSeconds(10);
  // Leases, retries and the slowest start of a worker are over in a tenth of this.
  private static final Duration STANDSTILL = Duration.ofMinutes(5);

  private final SoakSettings settings;
  private final SoakFleet fleet;
  private final SoakClient client;
  private final SoakLedger ledger = new SoakLedger();
  private final long begin = System.nanoTime();

  private Soak(SoakSettings settings, SoakFleet fleet) {
    this.settings = settings;
    this.fleet = fleet;
    this.client = new SoakClient(fleet.apiUri());
  }

  /**
   * Runs it.
   *
   * @param arguments folder to work in, command of the distribution, jobs, tenants, workers,
   *     seconds between kills of workers, kills of the API, kills of Redis, minutes of intake,
   *     seed, and whether a terminal shows the output
   */
  public static void main(String[] arguments) throws Exception {
    var settings = SoakSettings.of(arguments);
    System.out.printf(
        "%,d jobs of %d tenants, %d workers; --seed %d%n",
        settings.jobs(), settings.tenants(), settings.workers(), settings.seed());
    boolean kept;
    try (var fleet = new SoakFleet(settings)) {
      // Also after Ctrl-C nothing is left running.
      Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "end"));
      kept = new Soak(settings, fleet).run();
    }
    System.exit(kept ? 0 : 1);
  }

  private boolean run() throws Exception {
    fleet.start();
    var load = new SoakLoad(settings, client, ledger, Servers.freePort());
    var chaos = new SoakChaos(settings, fleet, this::done);
    long working = System.nanoTime();
    load.start();
    chaos.start();
    try {
      awaitEnds(load);
    } finally {
      chaos.end();
      load.end();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - working);
    fleet.stopWorkers();
    return new SoakReport(fleet, load, client, ledger, took).print();
  }

  private double done() {
    double time = (double) (System.nanoTime() - begin) / settings.intake().toNanos();
    return Math.max(time, (double) ended() / settings.jobs());
  }

  private int ended() {
    return ledger.accepted() - ledger.open();
  }

  private void awaitEnds(SoakLoad load) throws IOException, InterruptedException {
    long nextLine = System.nanoTime();
    long lastEnd = System.nanoTime();
    int endedBefore = 0;
    while (!load.isOver() || ledger.open() > 0) {
      load.check();
      if (ended() > endedBefore) {
        endedBefore = ended();
        lastEnd = System.nanoTime();
      } else if (System.nanoTime() - lastEnd > STANDSTILL.toNanos()) {
        break; // The report says which jobs have not come to an end.
      }
      if (settings.terminal()) {
        System.out.print("\r" + progress());
      } else if (System.nanoTime() >= nextLine) {
        System.out.println(progress());
        nextLine += LINE_EVERY.toNanos();
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    System.out.println((settings.terminal() ? "\r" : "") + progress());
  }

  private String progress() {
    return "%5d s  accepted %,d  ended %,d  killed: %d workers, %d API, %d Redis"
        .formatted(
            (System.nanoTime() - begin) / 1_000_000_000,
            ledger.accepted(),
            ended(),
            fleet.workerDeaths().size(),
            fleet.api.deaths().size(),
            fleet.redis.deaths().size());
  }
}
