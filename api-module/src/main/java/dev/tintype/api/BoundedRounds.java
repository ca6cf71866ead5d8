package dev.tintype.api;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * Asks about many things, a few at a time and for a bounded time: what a batch names must neither
 * hold its answer back nor keep the threads that resolve names from others.
 */
record BoundedRounds(InstantSource clock) {
  // Half of the threads that resolve names.
  private static final int AT_ONCE = 8;
  private static final Duration MOST_TIME = Duration.ofSeconds(5);

  /** Fails as the first that fails; leaves out what there is no time for. */
  <T> Future<Void> each(List<T> all, Function<T, Future<Void>> question) {
    return eachFrom(0, all, question, clock.instant().plus(MOST_TIME));
  }

  private <T> Future<Void> eachFrom(
      int from, List<T> all, Function<T, Future<Void>> question, Instant end) {
    if (from >= all.size() || clock.instant().isAfter(end)) {
      return Future.succeededFuture();
    }
    int next = Math.min(all.size(), from + AT_ONCE);
    return Future.all(all.subList(from, next).stream().map(question).toList())
        .compose(asked -> eachFrom(next, all, question, end));
  }
}
