package dev.tintype.job;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a job's story.
 *
 * @param id place in the story, from 0; later entries have greater ids
 * @param at by the clock of Redis, like every time in the queue
 * @param attempt the attempt that it is about; 0 before the first
 * @param code why, as a word for programs: a {@link FailureCode}, or the limit that was run into
 * @param message why, for people
 */
public record TimelineEntry(
    int id,
    Instant at,
    Event event,
    int attempt,
    @Nullable String worker,
    @Nullable String code,
    @Nullable String message) {

  /**
   * The beginning of every story. Not stored as a line: a job that only waits needs no story of its
   * own.
   */
  public static TimelineEntry first(Job job) {
    boolean later = job.notBefore() != null && job.notBefore().isAfter(job.createdAt());
    return new TimelineEntry(
        0, job.createdAt(), later ? Event.SCHEDULED : Event.QUEUED, 0, null, null, null);
  }

  /** What can happen to a job. */
  public enum Event {
    /** It waits for the time that its client asked for. */
    SCHEDULED,
    QUEUED,
    STARTED,
    /** A worker gave the job back, on its shutdown. */
    RELEASED,
    /** A worker of an older build cannot read the job; it waits for a worker that can. */
    POSTPONED,
    /** The attempt failed, and another will follow. */
    ATTEMPT_FAILED,
    /** The worker stopped renewing: it died, hung or lost its way to Redis. */
    LEASE_EXPIRED,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    EXPIRED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Whether nothing can happen to the job after this. */
    public boolean isLast() {
      return this == SUCCEEDED || this == FAILED || this == CANCELLED || this == EXPIRED;
    }

    @Override
    public String toString() {
      return word;
    }
  }
}
