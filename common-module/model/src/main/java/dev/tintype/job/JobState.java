package dev.tintype.job;

import java.util.Arrays;
import java.util.Locale;

/**
 * Where a job is in its life.
 *
 * <p>{@link #canBecome} is the specification of the queue's scripts, which alone change a state; a
 * test compares the two.
 */
public enum JobState {
  /**
   * Stored and waiting for its time: the one that its client asked for, or that of the next attempt
   * after a failure. When it comes, the next claim of any worker queues it.
   */
  SCHEDULED,
  /**
   * Stored and waiting for an idle browser. Submission, release and reclaim put a job here, a claim
   * takes it away.
   */
  QUEUED,
  /**
   * Leased to one worker under one attempt. Ends by completion, failure, release, cancel, or the
   * end of the lease.
   */
  RUNNING,
  /** The image is stored and the job points to it. Final. */
  SUCCEEDED,
  /** No image will come; the failure says why. Final. */
  FAILED,
  /** Its client wants it no more. Final. */
  CANCELLED,
  /**
   * Its queue timeout or deadline passed before a browser could begin. Never rendered late. Final.
   */
  EXPIRED;

  private final String word = name().toLowerCase(Locale.ROOT);

  public boolean canBecome(JobState next) {
    return switch (this) {
      case SCHEDULED -> next == QUEUED || next == CANCELLED || next == EXPIRED;
      case QUEUED -> next == RUNNING || next == CANCELLED || next == EXPIRED;
      case RUNNING -> next != RUNNING && next != EXPIRED;
      case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> false;
    };
  }

  /** Whether the job stays in this state for ever. */
  public boolean isFinal() {
    return Arrays.stream(values()).noneMatch(this::canBecome);
  }

  @Override
  public String toString() {
    return word;
  }
}
