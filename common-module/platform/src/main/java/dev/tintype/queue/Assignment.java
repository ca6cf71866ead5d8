package dev.tintype.queue;

import dev.tintype.capture.CaptureSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * A job that a worker has claimed: its right to it, and what to do.
 *
 * @param imageKey where this attempt, and no other, puts its image
 * @param failures attempts that failed before
 * @param timeLeft until the job's deadline
 */
public record Assignment(
    Lease lease, CaptureSpec spec, String imageKey, int failures, Optional<Duration> timeLeft) {}
