package dev.tintype.worker;

import dev.tintype.queue.Lease;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats the steps of an attempt that a store or a queue could not take because it was away for a
 * moment. Only for steps that may be sent twice.
 */
final class RetriedSteps {
  private static final Logger log = LoggerFactory.getLogger(RetriedSteps.class);

  // A Redis that restarts or fails over is back within the first of these. To go on longer than
  // leases last costs nothing, and gains the job if no other worker has claimed it.
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Lease lease;
  private final BooleanSupplier abandoned;

  /**
   * Steps of one attempt.
   *
   * @param abandoned whether the attempt is no longer worth a repetition
   */
  RetriedSteps(Vertx vertx, Lease lease, BooleanSupplier abandoned) {
    this.vertx = vertx;
    this.lease = lease;
    this.abandoned = abandoned;
  }

  <T> Future<T> run(Supplier<Future<T>> step) {
    return run(step, 1);
  }

  private <T> Future<T> run(Supplier<Future<T>> step, int trial) {
    return step.get()
        .recover(
            failure -> {
              if (trial == ATTEMPTS || abandoned.getAsBoolean()) {
                return Future.failedFuture(failure);
              }
              log.warn(
                  "event=repeat job={} attempt={} trial={} of={} error=\"{}\"",
                  lease.job(),
                  lease.attempt(),
                  trial,
                  ATTEMPTS,
                  failure.getMessage());
              return vertx
                  .timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                  .compose(again -> run(step, trial + 1));
            });
  }
}
