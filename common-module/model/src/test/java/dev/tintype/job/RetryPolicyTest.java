package dev.tintype.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(Duration.ofSeconds(2), Duration.ofMinutes(2));

  /** Half way between the least and the most: no jitter. */
  private static final RandomGenerator MIDDLE =
      new Random() {
        private static final long serialVersionUID = 1;

        @Override
        public double nextDouble() {
          return 0.5;
        }
      };

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 4", "2, 8", "5, 64", "6, 120", "62, 120", "1000, 120"})
  void thePauseDoublesUpToTheLongest(int failedBefore, int seconds) {
    assertThat(POLICY.pauseAfter(FailureCode.TIMEOUT, failedBefore, 10_000, MIDDLE))
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void jitterIsAFifthInBothDirections() {
    var random = new Random(1);
    var pauses =
        random
            .ints(1_000)
            .mapToObj(i -> POLICY.pauseAfter(FailureCode.TIMEOUT, 0, 2, random).orElseThrow())
            .sorted()
            .toList();

    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(1_600), Duration.ofMillis(1_620));
    assertThat(pauses.get(999)).isBetween(Duration.ofMillis(2_380), Duration.ofMillis(2_400));
  }

  @Test
  void theLastAttemptIsFollowedByNone() {
    assertThat(POLICY.pauseAfter(FailureCode.TIMEOUT, 0, 1, MIDDLE)).isEmpty();
    assertThat(POLICY.pauseAfter(FailureCode.TIMEOUT, 1, 3, MIDDLE)).isPresent();
    assertThat(POLICY.pauseAfter(FailureCode.TIMEOUT, 2, 3, MIDDLE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatMayGoBetterIsTriedAgain(FailureCode code) {
    assertThat(POLICY.pauseAfter(code, 0, 3, MIDDLE).isPresent()).isEqualTo(code.isRetryable());
  }

  @Test
  void pausesThatShrinkOrRunBackwardsAreRefused() {
    assertThatThrownBy(() -> new RetryPolicy(Duration.ofMillis(-1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
