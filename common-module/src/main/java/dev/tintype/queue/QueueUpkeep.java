package dev.tintype.queue;

import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import io.vertx.core.Future;
import java.util.List;

/** Housekeeping of the queue. Every duty may run in any number of processes at once. */
public interface QueueUpkeep {
  /**
   * Takes jobs away from workers whose lease has ended: back to the queue, or to failed if the job
   * has cost too many workers.
   *
   * @param limit how many at most, so that one call stays short
   */
  Future<List<Reclaimed>> reclaimExpired(int limit);

  /**
   * A job that was taken away.
   *
   * @param attempt the attempt that ended with its lease
   * @param worker who had it
   * @param now queued or failed
   */
  record Reclaimed(JobId job, int attempt, String worker, JobState now) {}
}
