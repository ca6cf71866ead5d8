package dev.tintype.queue;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.Failure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a worker asks of the queue. Thread-safe; answers on the caller's context. */
public interface JobQueue {
  /**
   * Takes the next job, if there is one, and starts its lease.
   *
   * @param nonce unique to this call; the same claim sent twice is answered with the same job
   */
  Future<Optional<Assignment>> claim(Worker worker, String nonce);

  /**
   * Says that the worker lives, and extends leases by their full length. Each is answered; those
   * that are not {@link LeaseReply#OK} are to be abandoned.
   */
  Future<Map<Lease, LeaseReply>> renew(Worker worker, List<Lease> leases);

  /**
   * Announces how many images the attempt will store, so that all of them are deleted if it ends
   * without a result. Required before a second image is stored; a single one needs no announcement.
   *
   * @param count 2 to {@link CaptureResult#MAX_IMAGES}
   */
  Future<LeaseReply> reserveImages(Lease lease, int count);

  /** Ends the job with images that are already stored. */
  Future<LeaseReply> complete(Lease lease, CaptureResult result);

  /**
   * Ends the attempt without an image.
   *
   * @param retryAfter pause before the next attempt; empty ends the job. It also ends if the pause
   *     goes beyond its deadline.
   */
  Future<LeaseReply> fail(Lease lease, Failure failure, Optional<Duration> retryAfter);

  /** Gives the job back unharmed, to the place in the queue that it came from. */
  Future<LeaseReply> release(Lease lease);

  /** Says that the worker takes no more jobs. */
  Future<Void> leave(Worker worker);
}
