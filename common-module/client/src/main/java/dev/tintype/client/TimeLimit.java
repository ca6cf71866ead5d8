package dev.tintype.client;

import java.time.Duration;

/** How long something may take, counted from when this was made. */
final class TimeLimit {
  private final Duration max;
  private final long begin = System.nanoTime();

  TimeLimit(Duration max) {
    this.max = max;
  }

  /** Never negative. */
  Duration left() {
    return Pacing.longer(Duration.ZERO, max.minus(Pacing.since(begin)));
  }

  boolean isOver() {
    return left().isZero();
  }

  /** Blocks for a time, but not beyond the limit. */
  void rest(Duration time) {
    Pacing.rest(Pacing.shorter(time, left()));
  }
}
