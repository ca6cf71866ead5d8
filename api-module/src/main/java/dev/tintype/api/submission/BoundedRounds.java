package dev.tintype.api.submission;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks about many things, a few at a time and for a bounded time: what a batch names must neither
 * hold its answer back nor keep the threads that resolve names from others.
 */
public record BoundedRounds(InstantSource clock) {
  private static final Logger log = LoggerFactory.getLogger(BoundedRounds.class);

  // A quarter of the threads that resolve names.
  private static final int AT_ONCE = 8;
  private static final Duration MOST_TIME = Duration.ofSeconds(5);

  /**
   * Fails as the first that fails; leaves out what there is no time for, and says so in the log.
   */
  public <T> Future<Void> each(List<T> all, Function<T, Future<Void>> question) {
    return eachFrom(0, all, question, clock.instant().plus(MOST_TIME));
  }

  private <T> Future<Void> eachFrom(
      int from, List<T> all, Function<T, Future<Void>> question, Instant end) {
    if (from >= all.size()) {
      return Future.succeededFuture();
    }
    if (clock.instant().isAfter(end)) {
      log.warn(
          "event=checks_cut_short limit={}s unchecked={} of={}",
          MOST_TIME.toSeconds(),
          all.size() - from,
          all.size());
      return Future.succeededFuture();
    }
    int next = Math.min(all.size(), from + AT_ONCE);
    return Future.all(all.subList(from, next).stream().map(question).toList())
        .compose(asked -> eachFrom(next, all, question, end));
  }
}
