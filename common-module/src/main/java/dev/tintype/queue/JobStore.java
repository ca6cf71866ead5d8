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
   * Stores a job and queues it, in one atomic step. Sent twice with the same id, it is stored once.
   */
  Future<SubmitResult> submit(NewJob job);

  /** The job as it is now; empty if it never was, or has been forgotten. */
  Future<Optional<Job>> find(JobId id);

  /** The job's story from its beginning; empty if there is no such job. */
  Future<List<TimelineEntry>> timeline(JobId id);

  /** Succeeds only if the queue takes writes at this moment. */
  Future<Void> checkWritable();
}
