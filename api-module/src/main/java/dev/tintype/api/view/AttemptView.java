package dev.tintype.api.view;

import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a job, as it stands on the wire.
 *
 * @param outcome how it ended; null while it runs
 * @param code why it ended without an image
 */
public record AttemptView(
    int attempt,
    @Nullable String worker,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Event outcome,
    @Nullable String code,
    @Nullable String message) {
  /** An attempt begins with its start and ends with whatever happens to it next. */
  static List<AttemptView> of(List<TimelineEntry> timeline) {
    List<AttemptView> attempts = new ArrayList<>();
    for (TimelineEntry entry : timeline) {
      AttemptView last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
      if (entry.event() == Event.STARTED) {
        attempts.add(
            new AttemptView(entry.attempt(), entry.worker(), entry.at(), null, null, null, null));
      } else if (last != null && last.outcome == null) {
        attempts.set(
            attempts.size() - 1,
            new AttemptView(
                last.attempt,
                last.worker,
                last.startedAt,
                entry.at(),
                entry.event(),
                entry.code(),
                entry.message()));
      }
    }
    return attempts;
  }
}
