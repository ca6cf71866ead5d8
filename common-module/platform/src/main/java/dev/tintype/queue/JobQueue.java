package dev.tintype.queue;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.Failure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queue as a worker uses it.
 *
 * <p>Thread-safe. Futures complete on the caller's context and fail with {@link
 * QueueUnavailableException} when Redis cannot be reached.
 */
public interface JobQueue {
  /**
   * Claims the next job, if there is one, and starts its lease.
   *
   * @param nonce unique to this call; a repeated claim with the same nonce gets the same job
   */
  Future<Optional<Assignment>> claim(Worker worker, String nonce);

  /**
   * Reports that the worker is alive, and extends leases to their full length.
   *
   * @return a reply for each lease; the worker must stop jobs whose reply is not {@link
   *     LeaseReply#OK}
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
   * Ends the attempt without a result.
   *
   * @param retryAfter pause before the next attempt; empty fails the job. A pause beyond the job's
   *     deadline fails it, too.
   */
  Future<LeaseReply> fail(Lease lease, Failure failure, Optional<Duration> retryAfter);

  /** Returns the job to its old place in the queue. The attempt does not count as failed. */
  Future<LeaseReply> release(Lease lease);

  /** Reports that the worker claims no more jobs. */
  Future<Void> leave(Worker worker);
}
