package dev.tintype.worker.capture;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The one deadline of a capture, and the time that is left. */
final class Budget {
  // A screenshot of a long page takes seconds, a usual one 150 ms.
  private static final Duration LARGEST_RESERVE = Duration.ofSeconds(10);
  private static final int RESERVED_SHARE = 5;

  // Even a late wait checks once. Zero would mean "no timeout" to Playwright.
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

  /** Time for waits: what is left without the reserve for the screenshot. Never zero. */
  Duration forWaiting() {
    return atLeastOneLook(left().minus(reserve));
  }

  /** Time for preparing: half of the reserve stays for the screenshot itself. Never zero. */
  Duration forPreparing() {
    return atLeastOneLook(left().minus(reserve.dividedBy(2)));
  }

  /** Whether the time for waits is used up. */
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
