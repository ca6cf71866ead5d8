package dev.tintype.worker.capture;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The capture's one deadline, and what is left of it. */
final class Budget {
  // A shot of a long page takes seconds, a usual one 150 ms.
  private static final Duration LARGEST_RESERVE = Duration.ofSeconds(10);
  private static final int RESERVED_SHARE = 5;

  // Even a wait that comes too late looks once; zero would mean "for ever" to Playwright.
  private static final Duration ONE_LOOK = Duration.ofMillis(50);

  private final LongSupplier nanoTime;
  private final Duration total;
  private final Duration reserve;
  private final long begin;

  Budget(Duration total, LongSupplier nanoTime) {
    this.total = total;
    this.nanoTime = nanoTime;
    begin = nanoTime.getAsLong();
    Duration share = total.dividedBy(RESERVED_SHARE);
    reserve = share.compareTo(LARGEST_RESERVE) < 0 ? share : LARGEST_RESERVE;
  }

  Duration total() {
    return total;
  }

  /** What waits may use: the rest, without what the picture itself needs. Never zero. */
  Duration forWaiting() {
    return atLeastOneLook(left().minus(reserve));
  }

  /**
   * What the preparation of the shot may use: half of the reserve is the shot's own. Never zero.
   */
  Duration forPreparing() {
    return atLeastOneLook(left().minus(reserve.dividedBy(2)));
  }

  /** Whether waits have used up what they have. */
  boolean waitsAreOver() {
    return left().compareTo(reserve.plus(ONE_LOOK)) <= 0;
  }

  private Duration left() {
    return total.minusNanos(nanoTime.getAsLong() - begin);
  }

  private static Duration atLeastOneLook(Duration time) {
    return time.compareTo(ONE_LOOK) < 0 ? ONE_LOOK : time;
  }
}
