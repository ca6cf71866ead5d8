package dev.tintype.queue;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.Failure;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a worker asks of the queue. Thread-safe; answers on the caller's context. */
public interface JobQueue {
  /**
   * Takes the next job, if there is one, and starts its lease.
   *
   * @param worker name of the worker, for the timeline
   * @param nonce unique to this call; the same claim sent twice is answered with the same job
   */
  Future<Optional<Assignment>> claim(String worker, String nonce);

  /** Extends leases by their full length. Each is answered; those lost are to be abandoned. */
  Future<Map<Lease, LeaseReply>> renew(List<Lease> leases);

  /** Ends the job with an image that is already stored. */
  Future<LeaseReply> complete(Lease lease, CaptureResult result);

  /** Ends the job without an image. */
  Future<LeaseReply> fail(Lease lease, Failure failure);

  /** Gives the job back unharmed, to the place in the queue that it came from. */
  Future<LeaseReply> release(Lease lease);
}
