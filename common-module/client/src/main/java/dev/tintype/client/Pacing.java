package dev.tintype.client;

import java.time.Duration;

/**
 * How often and how long the server is asked.
 *
 * @param firstBackoff rest after the first failure in a row; doubles with each
 * @param longestBackoff most of these rests
 * @param contactTries how often a server that has not answered yet is tried
 * @param patience how long a server that has answered may be away, and the longest rest that it may
 *     ask for
 * @param longPoll what is asked for; how much of it is granted is the server's to say
 */
public record Pacing(
    Duration firstBackoff,
    Duration longestBackoff,
    int contactTries,
    Duration patience,
    Duration longPoll) {

  /** Tries of contact that take a minute, for programs that nobody watches. */
  public static final int PERSISTENT = 15;

  // The first three tries take less than a second: a wrong address should be told at once. A
  // minute is what a restart behind a proxy takes.
  public static final Pacing DEFAULT =
      new Pacing(
          Duration.ofMillis(250),
          Duration.ofSeconds(5),
          3,
          Duration.ofMinutes(1),
          Duration.ofSeconds(20));

  /**
   * @throws IllegalArgumentException if a time is negative or a server would never be tried
   */
  public Pacing {
    if (contactTries < 1 || firstBackoff.isNegative() || longestBackoff.isNegative()) {
      throw new IllegalArgumentException(
          "contactTries is %d, firstBackoff %s, longestBackoff %s; allowed are 1 or more tries and times that are not negative"
              .formatted(contactTries, firstBackoff, longestBackoff));
    }
  }

  public Pacing withLongPoll(Duration longPoll) {
    return new Pacing(firstBackoff, longestBackoff, contactTries, patience, longPoll);
  }

  /** For work that nobody watches: a server that has not answered yet may be away as long. */
  public Pacing withContactTries(int contactTries) {
    return new Pacing(firstBackoff, longestBackoff, contactTries, patience, longPoll);
  }

  public Pacing withPatience(Duration patience) {
    return new Pacing(firstBackoff, longestBackoff, contactTries, patience, longPoll);
  }

  /** The rest after so many failures in a row. */
  Duration backoff(int failures) {
    Duration rest = firstBackoff.multipliedBy(1L << Math.min(failures - 1, 20));
    return shorter(rest, longestBackoff);
  }

  static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  public static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  /**
   * Blocks for a time that the server has asked for; zero and less is none.
   *
   * @throws InterruptedCallException if the thread is interrupted
   */
  public static void rest(Duration time) {
    if (time.isNegative() || time.isZero()) {
      return;
    }
    try {
      // There is no event to wait for: the server has said when to ask again.
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptedCallException();
    }
  }
}
