package dev.tintype.worker.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed delivery is retried.
 *
 * @param pauses before the second attempt, the third, and so on; after the last attempt the
 *     delivery is given up
 * @param jitter fraction, 0 to 1, by which a pause is made shorter or longer at random, so that
 *     deliveries that failed together are not retried together
 */
public record RetrySchedule(List<Duration> pauses, double jitter) {
  /** The example of the Standard Webhooks specification: ten attempts in three days. */
  public static final RetrySchedule DEFAULT =
      new RetrySchedule(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(14),
              Duration.ofHours(20),
              Duration.ofHours(24)),
          0.2);

  public RetrySchedule {
    pauses = List.copyOf(pauses);
    if (pauses.stream().anyMatch(Duration::isNegative) || !(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException(
          "pauses are %s, jitter %s; allowed are zero or more, and 0 to 1"
              .formatted(pauses, jitter));
    }
  }

  /**
   * The pause before the next attempt.
   *
   * @param attempts so far, at least 1
   * @return empty if no attempt is left
   */
  Optional<Duration> after(int attempts, RandomGenerator random) {
    if (attempts > pauses.size()) {
      return Optional.empty();
    }
    double factor = 1 + jitter * (2 * random.nextDouble() - 1);
    return Optional.of(Duration.ofMillis(Math.round(pauses.get(attempts - 1).toMillis() * factor)));
  }
}
