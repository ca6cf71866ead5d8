package dev.tintype.worker;

import dev.tintype.image.ImageStore;
import dev.tintype.job.CaptureException;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one job, from the claim to its end in the queue. Confined to the worker's event
 * loop.
 */
final class JobRun {
  private static final Logger log = LoggerFactory.getLogger(JobRun.class);

  // A Redis that restarts or fails over is back within the first of these; to go on longer than
  // leases
  // last costs nothing, and gains the job if nobody else has taken it.
  private static final int TRIES = 5;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private static final Set<FailureCode> OURS =
      Set.of(FailureCode.BROWSER_FAILED, FailureCode.INTERNAL);

  private final Vertx vertx;
  private final JobQueue queue;
  private final ImageStore images;
  private final WorkerConfig config;
  private final Photographer photographer;
  private final Assignment assignment;
  private final BooleanSupplier leaving;
  private boolean abandoned;

  JobRun(
      Vertx vertx,
      JobQueue queue,
      ImageStore images,
      WorkerConfig config,
      Photographer photographer,
      Assignment assignment,
      BooleanSupplier leaving) {
    this.vertx = vertx;
    this.queue = queue;
    this.images = images;
    this.config = config;
    this.photographer = photographer;
    this.assignment = assignment;
    this.leaving = leaving;
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
    String key = assignment.imageKey();
    return sha256(page)
        .compose(
            sha256 -> {
              var image =
                  new Image(
                      key,
                      assignment.spec().format().type(),
                      page.image().length(),
                      sha256,
                      page.width(),
                      page.height());
              var result =
                  new CaptureResult(
                      image,
                      page.finalUrl(),
                      page.status(),
                      page.title(),
                      page.steps(),
                      page.warnings());
              return persistently(() -> images.put(key, page.image(), config.imageRetention()))
                  .compose(stored -> persistently(() -> queue.complete(lease(), result)))
                  .compose(reply -> settled(reply, "succeeded", key));
            });
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
        return persistently(() -> queue.release(lease()))
            .compose(reply -> settled(reply, "released", null));
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
    return persistently(() -> queue.fail(lease(), failure, pause))
        .compose(reply -> settled(reply, "failed", null));
  }

  private Future<Void> settled(LeaseReply reply, String state, @Nullable String imageKey) {
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
    return imageKey == null ? Future.succeededFuture() : images.delete(imageKey);
  }

  /**
   * Repeats what a Redis that is away for a moment could not take. Only for steps that may be sent
   * twice.
   */
  private <T> Future<T> persistently(Supplier<Future<T>> step) {
    return persistently(step, 1);
  }

  private <T> Future<T> persistently(Supplier<Future<T>> step, int trial) {
    return step.get()
        .recover(
            failure -> {
              if (trial == TRIES || abandoned) {
                return Future.failedFuture(failure);
              }
              log.warn(
                  "event=repeat job={} attempt={} trial={} of={} error=\"{}\"",
                  lease().job(),
                  lease().attempt(),
                  trial,
                  TRIES,
                  failure.getMessage());
              return vertx
                  .timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                  .compose(again -> persistently(step, trial + 1));
            });
  }

  /** Off the event loop: an image of 20 MB takes tens of milliseconds. */
  private Future<String> sha256(CapturedPage page) {
    return vertx.executeBlocking(
        () -> {
          try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(page.image().getBytes());
            return HexFormat.of().formatHex(digest);
          } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
          }
        },
        false);
  }
}
