package dev.tintype.queue;

import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.job.TimelineEntry.Event;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to all jobs of a tenant, for those who follow it. It is written down only while
 * somebody does, and no longer than it takes to come back after a lost connection. Thread-safe;
 * answers on the caller's context.
 */
public interface TenantEvents {
  /**
   * What has happened after an event. Whoever asks follows the tenant for some minutes more.
   *
   * @param lastId of the last event that is known; null to follow from now on
   * @param limit at most so many events, 1 to 1,000
   */
  Future<Page> follow(Tenant tenant, @Nullable String lastId, int limit);

  /** Whether a text could be the id of an event, whatever the tenant. */
  static boolean isId(String text) {
    return text.matches("\\d{1,15}-\\d{1,15}");
  }

  /**
   * Some events, in their order.
   *
   * @param from the id after which they come
   * @param hasGaps whether others may be missing before them: who wants to know all looks at the
   *     jobs
   */
  record Page(String from, boolean hasGaps, List<TenantEvent> events) {
    public Page {
      events = List.copyOf(events);
    }

    /** From where to go on. */
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
