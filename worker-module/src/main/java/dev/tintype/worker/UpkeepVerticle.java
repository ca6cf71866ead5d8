package dev.tintype.worker;

import dev.tintype.queue.QueueUpkeep;
import dev.tintype.queue.QueueUpkeep.Reclaimed;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the queue's housekeeping. Every worker process has one; they need not know of each other.
 */
public final class UpkeepVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(UpkeepVerticle.class);

  // With leases of 15 s, a dead worker's jobs run again after 16 s.
  private static final long EVERY_MILLIS = 1_000;
  // Keeps one script call short; what is left comes a second later.
  private static final int JOBS_AT_ONCE = 100;

  private final QueueUpkeep upkeep;
  private boolean busy;

  public UpkeepVerticle(QueueUpkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(EVERY_MILLIS, tick -> reclaim());
    return Future.succeededFuture();
  }

  private void reclaim() {
    if (busy) {
      return;
    }
    busy = true;
    upkeep
        .reclaimExpired(JOBS_AT_ONCE)
        .onComplete(
            reclaimed -> {
              busy = false;
              if (reclaimed.succeeded()) {
                reclaimed.result().forEach(UpkeepVerticle::report);
              } else {
                log.warn("event=upkeep_failed error=\"{}\"", reclaimed.cause().getMessage());
              }
            });
  }

  private static void report(Reclaimed job) {
    log.warn(
        "event=lease_expired job={} attempt={} worker={} now={}",
        job.job(),
        job.attempt(),
        job.worker(),
        job.now());
  }
}
