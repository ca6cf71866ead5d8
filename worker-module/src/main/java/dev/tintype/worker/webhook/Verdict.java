package dev.tintype.worker.webhook;

import dev.tintype.outbox.DeliveryAttempt;
import dev.tintype.outbox.Settlement;
import dev.tintype.outbox.Settlement.Delivered;
import dev.tintype.outbox.Settlement.GivenUp;
import dev.tintype.outbox.Settlement.Health;
import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.outbox.Settlement.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the outcome of an attempt means for the log, the delivery and the receiver. */
record Verdict(DeliveryAttempt how, Settlement settlement, ReceiverState receiver) {
  // A receiver that asks for a pause of a year has made a mistake.
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  // Sent by an overloaded receiver, or by a proxy in front of an unreachable one.
  private static final Set<Integer> OVERLOADED = Set.of(429, 502, 503, 504);

  // Statuses that come with a Retry-After.
  private static final Set<Integer> WITH_RETRY_AFTER = Set.of(429, 503);

  private static final int GONE = 410;

  // Causes on our side: the receiver is not to blame, and its other deliveries need not wait.
  private static final Set<String> PLATFORM_FAULTS =
      Set.of("no_secret", "internal", "egress_refused");

  static Verdict of(
      WebhookAnswer answer,
      int attempts,
      Duration took,
      RetrySchedule schedule,
      RandomGenerator random) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return new Verdict(
          entry("delivered", "accepted by the receiver", status, took, answer),
          new Delivered(),
          ReceiverState.HEALTHY);
    }
    if (status == GONE) {
      return new Verdict(
          entry(
              "gone",
              "the receiver answered 410: it no longer wants this webhook",
              status,
              took,
              answer),
          new GivenUp(true),
          ReceiverState.HEALTHY);
    }
    Duration pause =
        WITH_RETRY_AFTER.contains(status)
            ? answer.retryAfter().map(Verdict::bounded).orElse(Duration.ZERO)
            : Duration.ZERO;
    boolean redirect = status >= 300 && status < 400;
    String message =
        redirect
            ? "the receiver answered " + status + "; redirects are not followed"
            : "the receiver answered "
                + status
                + (pause.isZero() ? "" : " and asked for " + pause.toSeconds() + " s");
    return new Verdict(
        entry(redirect ? "redirect" : "status", message, status, took, answer),
        next(schedule.after(attempts, random), pause),
        new ReceiverState(OVERLOADED.contains(status) ? Health.FAILING : Health.HEALTHY, pause));
  }

  static Verdict of(
      WebhookFault fault,
      int attempts,
      Duration took,
      RetrySchedule schedule,
      RandomGenerator random) {
    return new Verdict(
        entry(fault.outcome(), String.valueOf(fault.getMessage()), null, took, null),
        next(schedule.after(attempts, random), Duration.ZERO),
        PLATFORM_FAULTS.contains(fault.outcome()) ? ReceiverState.UNKNOWN : ReceiverState.FAILING);
  }

  private static Settlement next(Optional<Duration> after, Duration atLeast) {
    return after
        .<Settlement>map(pause -> new Retry(pause.compareTo(atLeast) < 0 ? atLeast : pause))
        .orElse(new GivenUp(false));
  }

  private static Duration bounded(Duration pause) {
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static DeliveryAttempt entry(
      String outcome,
      String message,
      @Nullable Integer status,
      Duration took,
      @Nullable WebhookAnswer answer) {
    return new DeliveryAttempt(
        outcome, message, status, took, answer == null ? null : answer.beginning());
  }
}
