package dev.tintype.redis;

import java.time.Duration;

/**
 * The time limits of the queue. Every process of one queue has the same.
 *
 * @param lease how long a worker may be silent before its jobs are given to others
 * @param retention how long a finished job and its image are kept
 */
public record QueueTimes(Duration lease, Duration retention) {
  /**
   * 15 s of silence: with renewals every 5 s two may be lost; reclaimed every second, a crash costs
   * 16 s at most.
   */
  public static final QueueTimes DEFAULT =
      new QueueTimes(Duration.ofSeconds(15), Duration.ofDays(1));

  public QueueTimes {
    if (lease.toMillis() < 1 || retention.toMillis() < 1) {
      throw new IllegalArgumentException("lease and retention are at least a millisecond");
    }
  }
}
