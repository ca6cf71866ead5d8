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
   * Stored and waiting for an idle browser. Submission and reclaim put a job here, a claim takes it
   * away.
   */
  QUEUED,
  /**
   * Leased to one worker under one attempt. Ends by completion, failure, release, or the end of the
   * lease.
   */
  RUNNING,
  /** The image is stored and the job points to it. Final. */
  SUCCEEDED,
  /** No image will come; the failure says why. Final. */
  FAILED;

  private final String word = name().toLowerCase(Locale.ROOT);

  public boolean canBecome(JobState next) {
    return switch (this) {
      case QUEUED -> next == RUNNING;
      case RUNNING -> next != RUNNING;
      case SUCCEEDED, FAILED -> false;
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
