package dev.tintype.worker;

import dev.tintype.job.RetryPolicy;
import dev.tintype.queue.Worker;
import java.time.Duration;

/**
 * What a worker process needs to know.
 *
 * @param worker this process; a browser for each core is a good start
 * @param grace how long captures may go on after the order to stop
 * @param renewEvery how often leases are renewed; well under the length of a lease
 * @param imageRetention how long an image is kept at most, whatever becomes of its job
 * @param retries what follows a failed attempt
 */
public record WorkerConfig(
    Worker worker,
    Duration grace,
    Duration renewEvery,
    Duration imageRetention,
    RetryPolicy retries) {
  public WorkerConfig {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace is " + grace + "; allowed is zero or more");
    }
    if (renewEvery.toMillis() < 1 || imageRetention.toMillis() < 1) {
      throw new IllegalArgumentException(
          "renewEvery and imageRetention are at least a millisecond");
    }
  }
}
