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
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one job, from the claim to its end in the queue. Confined to the worker's event
 * loop.
 */
final class JobRun {
  private static final Logger log = LoggerFactory.getLogger(JobRun.class);

  private static final Set<FailureCode> OURS =
      Set.of(FailureCode.BROWSER_FAILED, FailureCode.INTERNAL);

  private final JobQueue queue;
  private final Publisher publisher;
  private final WorkerConfig config;
  private final Photographer photographer;
  private final Assignment assignment;
  private final BooleanSupplier leaving;
  private final RetriedSteps steps;
  private boolean abandoned;

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
   * Never fails: whatever happens is written to the queue, or left to the end of the lease and said
   * in the log.
   */
  Future<Void> run() {
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
                  "event=unsettled job={} attempt={} note=\"the job goes to another worker when the lease ends\"",
                  lease().job(),
                  lease().attempt(),
                  failure);
              return null;
            });
  }

  /** Ends the capture at once and writes nothing: the job is no longer this worker's. */
  void abandon(String why) {
    abandoned = true;
    log.warn(
        "event=abandoned job={} attempt={} reason=\"{}\"", lease().job(), lease().attempt(), why);
    photographer.abort(why);
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
      if (OURS.contains(failure.code()) && leaving.getAsBoolean()) {
        // Ctrl-C on a terminal reaches the browser too. That is not the page's fault.
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
      failure =
          new Failure(FailureCode.INTERNAL, "the platform could not take or keep the picture");
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
    if (reply == LeaseReply.OK) {
      log.info("event={} job={} attempt={}", state, lease().job(), lease().attempt());
      return Future.succeededFuture();
    }
    if (reply == LeaseReply.RETRIED) {
      log.info("event=retry_scheduled job={} attempt={}", lease().job(), lease().attempt());
      return Future.succeededFuture();
    }
    log.warn(
        "event={} job={} attempt={} at={}",
        reply.toString().toLowerCase(Locale.ROOT),
        lease().job(),
        lease().attempt(),
        state);
    return Future.succeededFuture();
  }
}
