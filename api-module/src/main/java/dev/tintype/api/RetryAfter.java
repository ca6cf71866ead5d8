package dev.tintype.api;

import dev.tintype.job.Batch;
import dev.tintype.job.Job;
import dev.tintype.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When it is worth asking again. */
final class RetryAfter {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  // Whoever waits for hours should still hear within half a minute that it is over.
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private RetryAfter() {}

  // A worker that has just started is soon known.
  private static final Duration WITHOUT_WORKERS = Duration.ofSeconds(5);

  /** By the speed of the queue. */
  static Duration ofLikely(Optional<Duration> likely) {
    return bounded(likely.orElse(WITHOUT_WORKERS));
  }

  /**
   * For somebody who polls: what has waited long will likely wait a little longer, so a tenth of
   * the time is lost at most.
   */
  static Duration ofOpen(Job job, Instant now) {
    if (job.state() == JobState.SCHEDULED && job.notBefore() != null && job.attempt() == 0) {
      return bounded(Duration.between(now, job.notBefore()));
    }
    Instant since =
        job.state() == JobState.RUNNING && job.startedAt() != null
            ? job.startedAt()
            : job.createdAt();
    return bounded(Duration.between(since, now).dividedBy(10));
  }

  /** For somebody who asks for a batch again and again; likewise. */
  static Duration ofOpen(Batch batch, Instant now) {
    return bounded(Duration.between(batch.createdAt(), now).dividedBy(10));
  }

  /** In whole seconds, as the header wants it, and never too early. */
  static String header(Duration time) {
    return Long.toString(time.plusMillis(999).toSeconds());
  }

  private static Duration bounded(Duration time) {
    return time.compareTo(SHORTEST) < 0 ? SHORTEST : time.compareTo(LONGEST) > 0 ? LONGEST : time;
  }
}
