package dev.tintype.queue;

import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.job.TimelineEntry.Event;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of all jobs of a tenant. They are recorded only while a client follows the tenant, and for
 * some minutes after, so that a client can resume after a lost connection.
 *
 * <p>Thread-safe. Futures complete on the caller's context and fail with {@link
 * QueueUnavailableException} when Redis cannot be reached.
 */
public interface TenantEvents {
  /**
   * Returns the events after a known one, and follows the tenant for some minutes more.
   *
   * @param lastId ID of the last known event; null to start now
   * @param limit maximum number of events, 1 to 1,000
   */
  Future<Page> follow(Tenant tenant, @Nullable String lastId, int limit);

  /** Whether a text has the form of an event ID. */
  static boolean isId(String text) {
    return text.matches("\\d{1,15}-\\d{1,15}");
  }

  /**
   * Some events, in their order.
   *
   * @param from ID after which they come
   * @param hasGaps whether earlier events may be missing; then only the jobs themselves tell all
   */
  record Page(String from, boolean hasGaps, List<TenantEvent> events) {
    public Page {
      events = List.copyOf(events);
    }

    /** ID to continue from. */
    public String lastId() {
      return events.isEmpty() ? from : events.get(events.size() - 1).id();
    }
  }

  /**
   * Something that happened to a job.
   *
   * @param id later events of the tenant have greater ones
   * @param at by the clock of Redis
   * @param attempt the attempt that it is about; 0 before the first
   * @param code why, as a word for programs
   * @param message why, for people
   */
  record TenantEvent(
      String id,
      JobId job,
      Instant at,
      Event event,
      int attempt,
      @Nullable String worker,
      @Nullable String code,
      @Nullable String message) {}
}
