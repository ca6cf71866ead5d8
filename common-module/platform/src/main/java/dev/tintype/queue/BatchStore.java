package dev.tintype.queue;

import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * What the API asks of the queue about batches. A batch is counted where its jobs end, in the same
 * atomic step, and is forgotten with the last of them. Thread-safe; answers on the caller's
 * context.
 */
public interface BatchStore {
  /**
   * Stores all jobs of a batch and lets them wait, in one atomic step, unless it is answered or
   * refused: then none of them. Sent twice with the same id, it is stored once.
   *
   * @return {@link SubmitResult.BatchAccepted}, {@link SubmitResult.BatchReplayed} or a refusal
   */
  Future<SubmitResult> submit(NewBatch batch);

  /** The batch as it is now; empty if it never was, or all its jobs have been forgotten. */
  Future<Optional<Batch>> find(BatchId id);

  /**
   * Some of its jobs, in the order in which they were asked for.
   *
   * @param from place of the first, from 0
   * @param limit at most so many, at least 1
   * @return fewer than the limit only at the end
   */
  Future<List<Member>> listMembers(BatchId id, int from, int limit);

  /**
   * Cancels those of its jobs that have not ended. Sent twice, it cancels what is left.
   *
   * @return false if there is no such batch
   */
  Future<Boolean> cancel(BatchId id);

  /**
   * A job in its place.
   *
   * @param job empty if it has been forgotten
   */
  record Member(JobId id, Optional<Job> job) {}
}
