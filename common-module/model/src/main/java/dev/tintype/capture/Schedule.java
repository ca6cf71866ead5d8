package dev.tintype.capture;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a job is to be done.
 *
 * @param notBefore no attempt begins earlier; null for at once
 * @param deadline no attempt begins later, and none goes on after it; null for none
 * @param queueTimeout how long it may be queued before its first attempt; null for as long as it
 *     takes
 */
public record Schedule(
    Priority priority,
    @Nullable Instant notBefore,
    @Nullable Instant deadline,
    @Nullable Duration queueTimeout) {
  /** As soon as a browser is free. */
  public static final Schedule AT_ONCE = new Schedule(Priority.NORMAL, null, null, null);
}
