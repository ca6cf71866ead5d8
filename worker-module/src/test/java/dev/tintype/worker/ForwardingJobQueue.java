package dev.tintype.worker;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.Failure;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A queue in front of the real one, for tests that delay or lose a single reply. */
class ForwardingJobQueue implements JobQueue {
  private final JobQueue queue;

  ForwardingJobQueue(JobQueue queue) {
    this.queue = queue;
  }

  @Override
  public Future<Optional<Assignment>> claim(Worker worker, String nonce) {
    return queue.claim(worker, nonce);
  }

  @Override
  public Future<Map<Lease, LeaseReply>> renew(Worker worker, List<Lease> leases) {
    return queue.renew(worker, leases);
  }

  @Override
  public Future<LeaseReply> reserveImages(Lease lease, int count) {
    return queue.reserveImages(lease, count);
  }

  @Override
  public Future<LeaseReply> complete(Lease lease, CaptureResult result) {
    return queue.complete(lease, result);
  }

  @Override
  public Future<LeaseReply> fail(Lease lease, Failure failure, Optional<Duration> retryAfter) {
    return queue.fail(lease, failure, retryAfter);
  }

  @Override
  public Future<LeaseReply> release(Lease lease) {
    return queue.release(lease);
  }

  @Override
  public Future<Void> leave(Worker worker) {
    return queue.leave(worker);
  }
}
