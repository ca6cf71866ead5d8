package dev.tintype.queue;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.TimelineEntry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * The queue as the API uses it.
 *
 * <p>Thread-safe. Futures complete on the caller's context and fail with {@link
 * QueueUnavailableException} when Redis cannot be reached.
 */
public interface JobStore {
  /**
   * Stores a job and queues or schedules it, in one atomic step, unless another job answers it or
   * it is refused. A job that is sent twice with the same ID is stored once.
   */
  Future<SubmitResult> submit(NewJob job);

  /** Finds a job; empty if it does not exist or was deleted. */
  Future<Optional<Job>> find(JobId id);

  /** Returns the job's timeline, oldest entry first; empty if there is no such job. */
  Future<List<TimelineEntry>> findTimeline(JobId id);

  /** Finds the tombstone of a deleted job. It is kept for 24 hours. */
  Future<Optional<Tombstone>> findTombstone(JobId id);

  /** Cancels a job that has not finished, in any state. A repeated call gets the same reply. */
  Future<CancelReply> cancel(JobId id);

  /**
   * Deletes a job and its images. A job that has not finished is cancelled first.
   *
   * @return false if there never was such a job, or its tombstone has expired
   */
  Future<Boolean> delete(JobId id);

  /** Succeeds only if the queue accepts writes now. */
  Future<Void> checkWritable();
}
