package dev.tintype.queue;

import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.queue.Tombstone.Reason;
import io.vertx.core.Future;
import java.util.List;

/**
 * Housekeeping of the queue. Every duty may run in any number of processes at once. A limit keeps
 * one call short; the next call does the rest.
 */
public interface QueueUpkeep {
  /**
   * Takes jobs from workers whose lease has ended: they are queued again, or fail if they have
   * crashed too many workers.
   */
  Future<List<Reclaimed>> reclaimExpired(int limit);

  /**
   * Queues scheduled jobs whose time has come.
   *
   * @return how many
   */
  Future<Integer> promoteDue(int limit);

  /** Ends waiting jobs whose queue timeout or deadline has passed. */
  Future<List<JobId>> expireWaiting(int limit);

  /** Deletes finished jobs until the rest is within the retention. */
  Future<List<Trimmed>> trimFinished(int limit);

  /**
   * Deletes images that no job points to from the image store.
   *
   * @return how many
   */
  Future<Integer> deleteGarbage(int limit);

  /**
   * Checks the next few hundred jobs, and puts those back that are not where they belong by their
   * state. Repeated calls visit every job.
   *
   * @return the jobs put back
   */
  Future<List<JobId>> reconcile();

  /**
   * A job that was taken from its worker.
   *
   * @param attempt the attempt that ended with its lease
   * @param worker name of the worker
   * @param now queued or failed
   */
  record Reclaimed(JobId job, int attempt, String worker, JobState now) {}

  /** A finished job that was deleted. */
  record Trimmed(JobId job, Reason reason) {}
}
