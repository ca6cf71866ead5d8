package dev.tintype.worker;

import dev.tintype.job.RetryPolicy;
import dev.tintype.queue.Worker;
import java.time.Duration;

/**
 * Settings of a worker process.
 *
 * @param worker this process; one browser per core is a good start
 * @param grace how long captures may continue after a stop signal
 * @param renewEvery how often leases are renewed; well below the length of a lease
 * @param imageRetention the longest that an image is kept, whatever happens to its job
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
