package dev.tintype.queue;

import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.queue.Tombstone.Reason;
import io.vertx.core.Future;
import java.util.List;

/**
 * Housekeeping of the queue. Every duty may run in any number of processes at once. Where there is
 * a limit, it keeps one call short, and what is left is for the next.
 */
public interface QueueUpkeep {
  /**
   * Takes jobs away from workers whose lease has ended: back to the queue, or to failed if the job
   * has cost too many workers.
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

  /** Forgets finished jobs until what is kept is within the retention. */
  Future<List<Trimmed>> trimFinished(int limit);

  /**
   * Deletes images that no job points to from the image store.
   *
   * @return how many
   */
  Future<Integer> deleteGarbage(int limit);

  /**
   * Looks at the next few of all jobs, and puts those back that are not where their state says they
   * are. Called again and again, it comes past every job.
   *
   * @return those put back
   */
  Future<List<JobId>> reconcile();

  /**
   * A job that was taken away.
   *
   * @param attempt the attempt that ended with its lease
   * @param worker who had it
   * @param now queued or failed
   */
  record Reclaimed(JobId job, int attempt, String worker, JobState now) {}

  /** A finished job that is kept no longer. */
  record Trimmed(JobId job, Reason reason) {}
}
