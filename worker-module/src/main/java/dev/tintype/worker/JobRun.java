package dev.tintype.worker;

import dev.tintype.job.CaptureException;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.worker.capture.CapturedPage;
import dev.tintype.worker.capture.Photographer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at one job, from its claim to its outcome. Confined to the worker's event loop. */
final class JobRun {
  private static final Logger log = LoggerFactory.getLogger(JobRun.class);

  private static final Set<FailureCode> PLATFORM_FAULTS =
      Set.of(FailureCode.BROWSER_FAILED, FailureCode.INTERNAL);

  private final JobQueue queue;
  private final Publisher publisher;
  private final WorkerConfig config;
  private final Photographer photographer;
  private final Assignment assignment;
  private final BooleanSupplier leaving;
  private final RetriedSteps steps;
  private boolean abandoned;
  private long begin;

  JobRun(
      Vertx vertx,
      JobQueue queue,
      Publisher publisher,
      WorkerConfig config,
      Photographer photographer,
      Assignment assignment,
      BooleanSupplier leaving) {
    this.queue = queue;
    this.publisher = publisher;
    this.config = config;
    this.photographer = photographer;
    this.assignment = assignment;
    this.leaving = leaving;
    this.steps = new RetriedSteps(vertx, assignment.lease(), () -> abandoned);
  }

  Lease lease() {
    return assignment.lease();
  }

  /**
   * Captures and publishes. The future never fails: every outcome is written to the queue, or
   * logged and left to the expiry of the lease.
   */
  Future<Void> run() {
    begin = System.nanoTime();
    log.info(
        "event=started job={} attempt={} browser={}",
        lease().job(),
        lease().attempt(),
        photographer.name());
    return photographer
        .capture(assignment.timeLeft().map(assignment.spec()::within).orElseGet(assignment::spec))
        .compose(this::succeed)
        .recover(this::fail)
        .otherwise(
            failure -> {
              log.error(
                  "event=unsettled job={} attempt={} note=\"another worker gets the job when the lease expires\"",
                  lease().job(),
                  lease().attempt(),
                  failure);
              return null;
            });
  }

  /** Ends the capture at once and publishes nothing: the job no longer belongs to this worker. */
  void abandon(String reason) {
    abandoned = true;
    log.warn(
        "event=abandoned job={} attempt={} took={}ms reason=\"{}\"",
        lease().job(),
        lease().attempt(),
        tookMillis(),
        reason);
    photographer.abort(reason);
  }

  private Future<Void> succeed(CapturedPage page) {
    if (abandoned) {
      return Future.succeededFuture();
    }
    for (Warning warning : page.warnings()) {
      log.warn(
          "event=capture_warning job={} attempt={} code={} message=\"{}\"",
          lease().job(),
          lease().attempt(),
          warning.code(),
          warning.message());
    }
    return publisher.publish(assignment, page, steps).compose(reply -> settled(reply, "succeeded"));
  }

  private Future<Void> fail(Throwable cause) {
    if (abandoned) {
      return Future.succeededFuture();
    }
    Failure failure;
    if (cause instanceof CaptureException known) {
      failure = known.failure();
      if (PLATFORM_FAULTS.contains(failure.code()) && leaving.getAsBoolean()) {
        // Ctrl-C on a terminal reaches the browser, too. The page is not to blame.
        return steps.run(() -> queue.release(lease())).compose(reply -> settled(reply, "released"));
      }
      if (failure.code() == FailureCode.INTERNAL) {
        log.error(
            "event=capture_failed job={} attempt={}", lease().job(), lease().attempt(), known);
      } else {
        log.info(
            "event=capture_failed job={} attempt={} code={} message=\"{}\"",
            lease().job(),
            lease().attempt(),
            failure.code(),
            failure.message());
      }
    } else {
      failure = new Failure(FailureCode.INTERNAL, "the image could not be captured or stored");
      log.error("event=capture_failed job={} attempt={}", lease().job(), lease().attempt(), cause);
    }
    Optional<Duration> pause =
        config
            .retries()
            .pauseAfter(
                failure.code(),
                assignment.failures(),
                assignment.spec().limits().maxAttempts(),
                ThreadLocalRandom.current());
    return steps
        .run(() -> queue.fail(lease(), failure, pause))
        .compose(reply -> settled(reply, "failed"));
  }

  private Future<Void> settled(LeaseReply reply, String state) {
    switch (reply) {
      case OK ->
          log.info(
              "event={} job={} attempt={} took={}ms",
              state,
              lease().job(),
              lease().attempt(),
              tookMillis());
      case RETRIED ->
          log.info(
              "event=retry_scheduled job={} attempt={} took={}ms",
              lease().job(),
              lease().attempt(),
              tookMillis());
      case CANCELLED, LEASE_LOST ->
          log.warn(
              "event={} job={} attempt={} took={}ms outcome={}",
              reply.toString().toLowerCase(Locale.ROOT),
              lease().job(),
              lease().attempt(),
              tookMillis(),
              state);
    }
    return Future.succeededFuture();
  }

  private long tookMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }
}
