package dev.tintype.queue;

import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Batches as the API uses them. The step that ends a job also counts it in its batch. A batch is
 * deleted with the last of its jobs.
 *
 * <p>Thread-safe. Futures complete on the caller's context and fail with {@link
 * QueueUnavailableException} when Redis cannot be reached.
 */
public interface BatchStore {
  /**
   * Stores all jobs of a batch and queues or schedules them, in one atomic step; or none of them. A
   * batch that is sent twice with the same ID is stored once.
   *
   * @return {@link SubmitResult.BatchAccepted}, {@link SubmitResult.BatchReplayed} or a refusal
   */
  Future<SubmitResult> submit(NewBatch batch);

  /** Finds a batch; empty if it does not exist or all its jobs were deleted. */
  Future<Optional<Batch>> find(BatchId id);

  /**
   * Lists jobs of a batch in the order of the submission.
   *
   * @param from position of the first, 0 or more
   * @param limit maximum number of jobs, 1 or more
   * @return fewer than the limit only at the end of the batch
   */
  Future<List<Member>> listMembers(BatchId id, int from, int limit);

  /**
   * Cancels its jobs that have not finished. A repeated call cancels the rest.
   *
   * @return false if there is no such batch
   */
  Future<Boolean> cancel(BatchId id);

  /**
   * A job of a batch.
   *
   * @param job empty if it was deleted
   */
  record Member(JobId id, Optional<Job> job) {}
}
