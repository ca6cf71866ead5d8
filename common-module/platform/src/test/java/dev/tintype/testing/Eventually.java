package dev.tintype.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Polls for changes that other processes make by themselves and announce to nobody. */
public final class Eventually {
  private static final Executor SOON = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  // Longer than a busy machine stalls. Only a failing test waits for so long.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  /**
   * Waits until the condition holds, for at most a minute. An exception means not yet.
   *
   * @param what for the message of the failure
   */
  public static void holds(String what, Callable<Boolean> condition) {
    holds(what, PATIENCE, condition);
  }

  /** The same with a limit of its own, for a condition that needs more than a minute. */
  public static void holds(String what, Duration limit, Callable<Boolean> condition) {
    succeeds(
        what,
        limit,
        () -> {
          if (!condition.call()) {
            throw new IllegalStateException("not yet");
          }
          return true;
        });
  }

  /** Waits until the call throws nothing, for at most a minute, and returns its result. */
  public static <T> T succeeds(String what, Callable<T> attempt) {
    return succeeds(what, PATIENCE, attempt);
  }

  /** The same with a limit of its own. */
  public static <T> T succeeds(String what, Duration limit, Callable<T> attempt) {
    long end = System.nanoTime() + limit.toNanos();
    @Nullable Exception last = null;
    while (System.nanoTime() < end) {
      try {
        return attempt.call();
      } catch (Exception notYet) {
        last = notYet;
      }
      CompletableFuture.runAsync(() -> {}, SOON).join();
    }
    throw new AssertionError("not within " + limit + ": " + what, last);
  }
}
