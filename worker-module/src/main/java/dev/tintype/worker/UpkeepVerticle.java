package dev.tintype.worker;

import dev.tintype.queue.QueueUpkeep;
import dev.tintype.queue.QueueUpkeep.Reclaimed;
import dev.tintype.queue.QueueUpkeep.Trimmed;
import dev.tintype.queue.Tombstone;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the housekeeping of the queue. Every worker process runs one; they need no coordination. */
public final class UpkeepVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(UpkeepVerticle.class);

  // With leases of 15 s, a dead worker's jobs run again well within 16 s.
  private static final Duration RECLAIM_EVERY = Duration.ofMillis(500);
  private static final Duration TIDY_EVERY = Duration.ofSeconds(1);
  // Keeps one script call short. The next round does the rest.
  private static final int AT_ONCE = 100;
  // A step that costs a few microseconds each.
  private static final int MANY_AT_ONCE = 500;

  private final QueueUpkeep upkeep;
  private boolean stopped;

  public UpkeepVerticle(QueueUpkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public Future<?> start() {
    // Separate timers, so that a long cleanup never delays the reclaim of a crashed worker's jobs.
    every(RECLAIM_EVERY, this::reclaim);
    every(TIDY_EVERY, this::tidy);
    return Future.succeededFuture();
  }

  /** Schedules the next round when the last one is over, so that rounds never pile up. */
  private void every(Duration time, Supplier<Future<?>> duty) {
    if (stopped) {
      return;
    }
    vertx.setTimer(
        time.toMillis(),
        due ->
            // Inside compose, an exception becomes a failed future.
            Future.succeededFuture()
                .compose(begin -> duty.get().mapEmpty())
                .onFailure(
                    failure -> {
                      if (!stopped) {
                        log.warn("event=upkeep_failed error=\"{}\"", failure.getMessage());
                      }
                    })
                .onComplete(done -> every(time, duty)));
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    return Future.succeededFuture();
  }

  private Future<?> reclaim() {
    return upkeep
        .reclaimExpired(AT_ONCE)
        .onSuccess(jobs -> jobs.forEach(UpkeepVerticle::report))
        .compose(reclaimed -> promote());
  }

  private Future<Void> promote() {
    return upkeep
        .promoteDue(MANY_AT_ONCE)
        .compose(queued -> queued < MANY_AT_ONCE ? Future.succeededFuture() : promote());
  }

  private Future<?> tidy() {
    return expire()
        .compose(expired -> trim())
        .compose(trimmed -> upkeep.deleteGarbage(AT_ONCE))
        .compose(deleted -> upkeep.reconcile())
        .onSuccess(jobs -> jobs.forEach(job -> log.error("event=put_back job={}", job)));
  }

  private Future<Void> expire() {
    return upkeep
        .expireWaiting(AT_ONCE)
        .compose(
            jobs -> {
              jobs.forEach(job -> log.warn("event=expired job={}", job));
              return jobs.size() < AT_ONCE ? Future.succeededFuture() : expire();
            });
  }

  /** Continues while there is more, because a full Redis accepts no job until this is done. */
  private Future<Void> trim() {
    return upkeep
        .trimFinished(AT_ONCE)
        .compose(
            jobs -> {
              jobs.forEach(
                  job -> log.debug("event=deleted job={} reason={}", job.job(), job.reason()));
              // A worker with another --retention deletes for all: its log must show it.
              jobs.stream()
                  .collect(
                      Collectors.groupingBy(Trimmed::reason, TreeMap::new, Collectors.counting()))
                  .forEach(
                      (reason, count) ->
                          log.info("event=trimmed count={} reason={}", count, word(reason)));
              return jobs.size() < AT_ONCE
                  ? Future.succeededFuture()
                  : upkeep.deleteGarbage(AT_ONCE).compose(deleted -> trim());
            });
  }

  private static String word(Tombstone.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
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
