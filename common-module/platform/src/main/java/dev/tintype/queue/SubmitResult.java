package dev.tintype.queue;

import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import java.time.Duration;
import java.util.Optional;

/** What became of a submission. */
public sealed interface SubmitResult {
  /**
   * The job is stored and will reach a final state.
   *
   * @param job as it waits now
   * @param jobsAhead jobs of its tenant that were queued before it
   * @param estimate how long until it is likely done, by the speed of late; empty if no worker is
   *     there
   */
  record Accepted(Job job, long jobsAhead, Optional<Duration> estimate) implements SubmitResult {}

  /** Nothing is stored: another job answers this submission, too. */
  record Answered(JobId job, Reason reason) implements SubmitResult {}

  /**
   * The batch is stored, and each of its jobs will reach a final state.
   *
   * @param estimate how long until all of them likely have, by the speed of late; empty if no
   *     worker is there
   */
  record BatchAccepted(Batch batch, Optional<Duration> estimate) implements SubmitResult {}

  /** Nothing is stored: a batch was submitted under the same idempotency key. */
  record BatchReplayed(BatchId batch) implements SubmitResult {}

  /**
   * Nothing is stored: the idempotency key stands for something else.
   *
   * @param first id of the job or batch that was submitted under it
   */
  record KeyReused(String first) implements SubmitResult {}

  /**
   * Nothing is stored: too many jobs wait, or would.
   *
   * @param ofTenant whether it is the tenant's own limit, and not that of the platform
   * @param retryAfter how long until a place is likely free; empty if no worker is there
   */
  record Full(boolean ofTenant, long waiting, Optional<Duration> retryAfter)
      implements SubmitResult {}

  /**
   * Nothing is stored, nor ever will be: the batch has more captures than may wait at once.
   *
   * @param most captures of a batch at most, by the tenant's plan and the platform's limit
   */
  record TooLarge(int most) implements SubmitResult {}

  /** Nothing is stored: the tenant submits faster than it may. */
  record Throttled(Duration retryAfter) implements SubmitResult {}

  /** Why another job answers. */
  enum Reason {
    /** It was submitted under the same idempotency key. */
    REPLAYED,
    /** It is an equal capture that has not finished. */
    JOINED,
    /** It is an equal capture whose image is young enough. */
    CACHED
  }
}
