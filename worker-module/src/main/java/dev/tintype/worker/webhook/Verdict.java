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

/** What a try means: for the log, for the delivery, for the receiver. */
record Verdict(DeliveryAttempt how, Settlement settlement, ReceiverState receiver) {
  // A receiver cannot know more than an hour ahead, and one that says a year has made a mistake.
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  // What proxies say for those behind them, and what who has too much to do says.
  private static final Set<Integer> NOT_NOW = Set.of(429, 502, 503, 504);

  // Of these the receiver says how long.
  private static final Set<Integer> LATER = Set.of(429, 503);

  private static final int GONE = 410;

  // Of these the receiver knows nothing, and its other webhooks need not wait for it.
  private static final Set<String> OURS = Set.of("no_secret", "internal", "egress_refused");

  static Verdict of(
      WebhookAnswer answer,
      int tries,
      Duration took,
      RetrySchedule schedule,
      RandomGenerator random) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return new Verdict(
          entry("delivered", "it was taken", status, took, answer),
          new Delivered(),
          ReceiverState.HEALTHY);
    }
    if (status == GONE) {
      return new Verdict(
          entry("gone", "the receiver answered 410: it wants no more calls", status, took, answer),
          new GivenUp(true),
          ReceiverState.HEALTHY);
    }
    Duration pause =
        LATER.contains(status)
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
        next(schedule.after(tries, random), pause),
        new ReceiverState(NOT_NOW.contains(status) ? Health.FAILING : Health.HEALTHY, pause));
  }

  static Verdict of(
      WebhookFault fault,
      int tries,
      Duration took,
      RetrySchedule schedule,
      RandomGenerator random) {
    return new Verdict(
        entry(fault.outcome(), String.valueOf(fault.getMessage()), null, took, null),
        next(schedule.after(tries, random), Duration.ZERO),
        OURS.contains(fault.outcome()) ? ReceiverState.UNKNOWN : ReceiverState.FAILING);
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
