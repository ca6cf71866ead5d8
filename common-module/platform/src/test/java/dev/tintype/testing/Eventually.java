package dev.tintype.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks again and again for what other processes come to by themselves and announce to nobody. */
public final class Eventually {
  private static final Executor SOON = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private Eventually() {}

  /**
   * Waits until it holds. What it throws means not yet.
   *
   * @param what for the message of the failure
   */
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

  /** Waits until it throws nothing, and answers what it returned. */
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
