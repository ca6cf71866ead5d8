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
  private static final int AT_ONCE = 100;

  private final QueueUpkeep upkeep;
  private boolean busy;

  public UpkeepVerticle(QueueUpkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(EVERY_MILLIS, tick -> keepUp());
    return Future.succeededFuture();
  }

  private void keepUp() {
    if (busy) {
      return;
    }
    busy = true;
    upkeep
        .reclaimExpired(AT_ONCE)
        .onSuccess(jobs -> jobs.forEach(UpkeepVerticle::report))
        .compose(reclaimed -> upkeep.expireWaiting(AT_ONCE))
        .onSuccess(jobs -> jobs.forEach(job -> log.warn("event=expired job={}", job)))
        .compose(expired -> trim())
        .compose(trimmed -> upkeep.deleteGarbage(AT_ONCE))
        .compose(deleted -> upkeep.reconcile())
        .onSuccess(jobs -> jobs.forEach(job -> log.error("event=put_back job={}", job)))
        .onComplete(
            done -> {
              busy = false;
              if (done.failed()) {
                log.warn("event=upkeep_failed error=\"{}\"", done.cause().getMessage());
              }
            });
  }

  /** Goes on while there is more: a full Redis waits for exactly this. */
  private Future<Void> trim() {
    return upkeep
        .trimFinished(AT_ONCE)
        .compose(
            jobs -> {
              jobs.forEach(job -> log.debug("event=forgotten job={} why={}", job.job(), job.why()));
              return jobs.size() < AT_ONCE
                  ? Future.succeededFuture()
                  : upkeep.deleteGarbage(AT_ONCE).compose(deleted -> trim());
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
