package dev.tintype.queue;

import dev.tintype.job.Job;

/** What became of a submission. */
public sealed interface SubmitResult {
  /**
   * The job is stored and will reach a final state.
   *
   * @param job as it waits now
   * @param ahead jobs that waited in the tenant's queue before it
   */
  record Accepted(Job job, long ahead) implements SubmitResult {}
}
