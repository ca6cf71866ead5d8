package dev.tintype.job;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Whether and when a failed attempt is followed by another.
 *
 * @param first pause after the first failed attempt; it doubles with each further one
 * @param longest the pause grows no longer
 */
public record RetryPolicy(Duration first, Duration longest) {
  /** Soon enough for somebody who waits, long enough for a server that restarts. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofSeconds(2), Duration.ofMinutes(2));

  // Attempts that failed together would else come back together.
  private static final double JITTER = 0.2;

  // Doubled further than this it is beyond every longest pause, and a shift is beyond its range.
  private static final int MOST_DOUBLINGS = 20;

  public RetryPolicy {
    if (first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "the first pause is " + first + ", the longest " + longest);
    }
  }

  /**
   * The pause before the next attempt; empty if there is none.
   *
   * @param failedBefore attempts of this job that failed before this one
   * @param maxAttempts attempts that may fail in all
   */
  public Optional<Duration> pauseAfter(
      FailureCode code, int failedBefore, int maxAttempts, RandomGenerator random) {
    if (!code.isRetryable() || failedBefore + 1 >= maxAttempts) {
      return Optional.empty();
    }
    long doubled = first.toMillis() << Math.min(failedBefore, MOST_DOUBLINGS);
    double jitter = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Optional.of(
        Duration.ofMillis(Math.round(Math.min(doubled, longest.toMillis()) * jitter)));
  }
}
