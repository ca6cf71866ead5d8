package dev.tintype.job;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a job's story.
 *
 * @param id place in the story; later entries have greater ids
 * @param at by the clock of Redis, like every time in the queue
 * @param attempt the attempt that it is about; 0 before the first
 * @param detail the limit that was run into or the failure's code, where there is one
 */
public record TimelineEntry(
    String id,
    Instant at,
    Event event,
    int attempt,
    @Nullable String worker,
    @Nullable String detail) {

  /** The beginning of every story. */
  public static TimelineEntry queued(Job job) {
    return new TimelineEntry("0", job.createdAt(), Event.QUEUED, 0, null, null);
  }

  /** What can happen to a job. */
  public enum Event {
    QUEUED,
    STARTED,
    /** A worker gave the job back, on its shutdown. */
    RELEASED,
    /** The worker stopped renewing: it died, hung or lost its way to Redis. */
    LEASE_EXPIRED,
    SUCCEEDED,
    FAILED;

    private final String word = name().toLowerCase(Locale.ROOT);

    @Override
    public String toString() {
      return word;
    }
  }
}
