package dev.tintype.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.outbox.Settlement;
import dev.tintype.outbox.Settlement.Delivered;
import dev.tintype.outbox.Settlement.GivenUp;
import dev.tintype.outbox.Settlement.Health;
import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.outbox.Settlement.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  private static final Duration TOOK = Duration.ofMillis(5);
  private static final RetrySchedule STEADY = new RetrySchedule(RetrySchedule.DEFAULT.pauses(), 0);

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void everyStatus2xxIsADelivery(int status) {
    assertThat(settlement(status, 1)).isEqualTo(new Delivered());
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 301, 304, 400, 404, 408, 429, 500, 503, 599})
  void everyOtherStatusIsRetried(int status) {
    assertThat(settlement(status, 1)).isEqualTo(new Retry(Duration.ofSeconds(5)));
    assertThat(settlement(status, 2)).isEqualTo(new Retry(Duration.ofMinutes(5)));
    assertThat(settlement(status, 9)).isEqualTo(new Retry(Duration.ofHours(24)));
    assertThat(settlement(status, 10)).isEqualTo(new GivenUp(false));
  }

  @Test
  void status410EndsTheDelivery() {
    assertThat(settlement(410, 1)).isEqualTo(new GivenUp(true));
  }

  @ParameterizedTest
  @CsvSource({
    "429, 60, 60, 60",
    "503, 60, 60, 60",
    "503, 2, 5, 2",
    "503, 999999, 3600, 3600",
    "500, 60, 5, 0",
  })
  void retryAfterIsObeyedUpToAnHour(int status, int asked, int after, int pause) {
    Verdict verdict = verdict(status, 1, Optional.of(Duration.ofSeconds(asked)));

    assertThat(verdict.settlement()).isEqualTo(new Retry(Duration.ofSeconds(after)));
    assertThat(verdict.receiver().pause()).isEqualTo(Duration.ofSeconds(pause));
  }

  @ParameterizedTest
  @CsvSource({
    "404,HEALTHY",
    "500,HEALTHY",
    "302,HEALTHY",
    "429,FAILING",
    "502,FAILING",
    "504,FAILING"
  })
  void onlyOverloadCountsAgainstTheReceiver(int status, Health health) {
    assertThat(verdict(status, 1, Optional.empty()).receiver().health()).isEqualTo(health);
  }

  @Test
  void missingResponseCountsAgainstTheReceiver() {
    Verdict verdict =
        Verdict.of(new WebhookFault("timeout", "late"), 1, TOOK, STEADY, new Random(1));

    assertThat(verdict.receiver()).isEqualTo(ReceiverState.FAILING);
    assertThat(verdict.settlement()).isEqualTo(new Retry(Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_secret", "internal", "egress_refused"})
  void ownFaultSaysNothingAboutTheReceiver(String outcome) {
    Verdict verdict = Verdict.of(new WebhookFault(outcome, ""), 1, TOOK, STEADY, new Random(1));

    assertThat(verdict.receiver()).isEqualTo(ReceiverState.UNKNOWN);
  }

  @Test
  void pausesVaryByTwentyPercent() {
    Random random = new Random(1);
    var pauses =
        IntStream.range(0, 1_000)
            .mapToLong(i -> RetrySchedule.DEFAULT.after(1, random).orElseThrow().toMillis())
            .summaryStatistics();

    assertThat(pauses.getMin()).isBetween(4_000L, 4_050L);
    assertThat(pauses.getMax()).isBetween(5_950L, 6_000L);
  }

  @Test
  void retryAfterIsReadAsSecondsOrDate() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(WebhookAnswer.retryAfter("120", now)).contains(Duration.ofMinutes(2));
    assertThat(WebhookAnswer.retryAfter("Thu, 01 Jan 2026 00:01:00 GMT", now))
        .contains(Duration.ofMinutes(1));
    assertThat(WebhookAnswer.retryAfter("Wed, 31 Dec 2025 00:00:00 GMT", now))
        .contains(Duration.ZERO);
    assertThat(WebhookAnswer.retryAfter("soon", now)).isEmpty();
    assertThat(WebhookAnswer.retryAfter(null, now)).isEmpty();
  }

  private static Settlement settlement(int status, int attempts) {
    return verdict(status, attempts, Optional.empty()).settlement();
  }

  private static Verdict verdict(int status, int attempts, Optional<Duration> retryAfter) {
    return Verdict.of(
        new WebhookAnswer(status, retryAfter, ""), attempts, TOOK, STEADY, new Random(1));
  }
}
