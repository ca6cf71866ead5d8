package dev.tintype.queue;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.TimelineEntry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** What the API asks of the queue. Thread-safe; answers on the caller's context. */
public interface JobStore {
  /**
   * Stores a job and lets it wait, in one atomic step, unless it is answered or refused. Sent twice
   * with the same id, it is stored once.
   */
  Future<SubmitResult> submit(NewJob job);

  /** The job as it is now; empty if it never was, or has been forgotten. */
  Future<Optional<Job>> find(JobId id);

  /** The job's story from its beginning; empty if there is no such job. */
  Future<List<TimelineEntry>> findTimeline(JobId id);

  /** What is left of a job that was forgotten; empty if it never was, or is too long ago. */
  Future<Optional<Tombstone>> findTombstone(JobId id);

  /** Ends a job that has not finished, wherever it is. Sent twice, it is answered twice. */
  Future<CancelReply> cancel(JobId id);

  /**
   * Forgets a job and its image, and cancels it before if it has not finished.
   *
   * @return false if there never was such a job, or it is too long ago
   */
  Future<Boolean> delete(JobId id);

  /** Succeeds only if the queue takes writes at this moment. */
  Future<Void> checkWritable();
}
