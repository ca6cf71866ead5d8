package dev.tintype.redis.job;

import dev.tintype.capture.CaptureRequest;
import dev.tintype.job.BatchId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.Full;
import dev.tintype.queue.SubmitResult.KeyReused;
import dev.tintype.queue.SubmitResult.Throttled;
import dev.tintype.queue.TenantPlan;
import dev.tintype.redis.stored.JobHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the submissions of a job and of a batch have in common: arguments and refusals. */
final class SubmitArguments {
  // As long as a client may still be repeating a request whose answer it missed.
  private static final Duration IDEMPOTENCY = Duration.ofHours(24);

  private static final Duration MOST_AHEAD = Duration.ofDays(36_500);

  private SubmitArguments() {}

  /** The first arguments of {@code submit.lua} and {@code submit_batch.lua}. */
  static List<String> intake(
      String id,
      Tenant tenant,
      TenantPlan plan,
      int maxWaiting,
      @Nullable String idempotencyKey,
      @Nullable String fingerprint) {
    long spacingMicros = plan.rate() == 0 ? 0 : Math.round(1_000_000 / plan.rate());
    // Beyond a century it is no limit, and beyond the range of a double no number.
    long aheadMicros =
        (long) Math.min((double) spacingMicros * (plan.burst() - 1), MOST_AHEAD.toMillis() * 1e3);
    return new ArrayList<>(
        Arrays.asList(
            id,
            tenant.name(),
            Integer.toString(plan.weight()),
            Integer.toString(plan.maxRunning()),
            Integer.toString(plan.maxWaiting()),
            Integer.toString(maxWaiting),
            Long.toString(spacingMicros),
            Long.toString(aheadMicros),
            idempotencyKey == null ? "" : CaptureKey.ofText(idempotencyKey),
            fingerprint == null ? "" : fingerprint,
            millis(IDEMPOTENCY)));
  }

  /** The arguments of one job, from what its priority adds to the rank. */
  static List<String> stored(
      CaptureRequest request, @Nullable String sameKey, @Nullable BatchId batch) {
    var schedule = request.schedule();
    List<String> arguments =
        new ArrayList<>(
            Arrays.asList(
                Long.toString(schedule.priority().handicap().toMillis() * 1_000),
                millis(schedule.notBefore()),
                schedule.queueTimeout() == null ? "" : millis(schedule.queueTimeout()),
                millis(schedule.deadline())));
    arguments.addAll(JobHash.write(request, sameKey, batch));
    return arguments;
  }

  /** The replies that tell why nothing was stored. */
  static SubmitResult refusal(List<Object> reply) {
    String word = (String) reply.get(0);
    return switch (word) {
      case "KEY_REUSED" -> new KeyReused((String) reply.get(1));
      case "FULL" ->
          new Full(reply.get(1).equals("tenant"), (Long) reply.get(2), duration(reply.get(3)));
      case "THROTTLED" -> new Throttled(Duration.ofMillis((Long) reply.get(1)));
      default -> throw new IllegalStateException("no submission is answered " + word);
    };
  }

  static Optional<Duration> duration(Object millis) {
    return (Long) millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis((Long) millis));
  }

  static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }

  private static String millis(@Nullable Instant time) {
    return time == null ? "" : Long.toString(time.toEpochMilli());
  }
}
