package dev.tintype.api.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When it is worth asking again. */
public final class RetryAfter {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  // Whoever waits for hours should still hear within half a minute that it is over.
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private RetryAfter() {}

  // A worker that has just started is soon known.
  private static final Duration WITHOUT_WORKERS = Duration.ofSeconds(5);

  /** By the speed of the queue. */
  public static Duration ofLikely(Optional<Duration> likely) {
    return bounded(likely.orElse(WITHOUT_WORKERS));
  }

  /**
   * For a client that polls: what has taken long will likely take a little longer, so a tenth of
   * the time is lost at most.
   */
  public static Duration whileOpen(Instant since, Instant now) {
    return bounded(Duration.between(since, now).dividedBy(10));
  }

  /** For something that begins at a known time. */
  public static Duration until(Instant moment, Instant now) {
    return bounded(Duration.between(now, moment));
  }

  /** In whole seconds, as the header wants it, and never too early. */
  public static String header(Duration time) {
    return Long.toString(time.plusMillis(999).toSeconds());
  }

  private static Duration bounded(Duration time) {
    return time.compareTo(SHORTEST) < 0 ? SHORTEST : time.compareTo(LONGEST) > 0 ? LONGEST : time;
  }
}
