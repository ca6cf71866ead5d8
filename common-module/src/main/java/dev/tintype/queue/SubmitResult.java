package dev.tintype.queue;

/** What became of a submission. */
public sealed interface SubmitResult {
  /**
   * The job is stored and will reach a final state.
   *
   * @param ahead jobs that waited in the tenant's queue before it
   */
  record Accepted(long ahead) implements SubmitResult {}
}
