package dev.tintype.worker;

import java.time.Duration;

/**
 * What a worker process needs to know.
 *
 * @param name of this process in timelines and logs, unique in the fleet
 * @param browsers how many pages are rendered at once, 1 to 64; one for each core is a good start
 * @param grace how long captures may go on after the order to stop
 * @param renewEvery how often leases are renewed; well under the length of a lease
 * @param imageRetention how long an image is kept
 */
public record WorkerConfig(
    String name, int browsers, Duration grace, Duration renewEvery, Duration imageRetention) {
  public WorkerConfig {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the worker has no name");
    }
    if (browsers < 1 || browsers > 64) {
      throw new IllegalArgumentException("browsers is " + browsers + "; allowed is 1 to 64");
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace is " + grace + "; allowed is zero or more");
    }
    if (renewEvery.toMillis() < 1 || imageRetention.toMillis() < 1) {
      throw new IllegalArgumentException(
          "renewEvery and imageRetention are at least a millisecond");
    }
  }
}
