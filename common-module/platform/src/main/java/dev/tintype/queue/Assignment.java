package dev.tintype.queue;

import dev.tintype.capture.CaptureSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * A job that a worker has claimed: its right to it, and what to do.
 *
 * @param imageKey where this attempt, and no other, stores its first image
 * @param failures attempts that failed before
 * @param timeLeft until the job's deadline
 */
public record Assignment(
    Lease lease, CaptureSpec spec, String imageKey, int failures, Optional<Duration> timeLeft) {
  /**
   * Where this attempt stores one of its images.
   *
   * @param index place in the result, from 0
   */
  public String imageKey(int index) {
    return index == 0 ? imageKey : imageKey + "." + index;
  }
}
