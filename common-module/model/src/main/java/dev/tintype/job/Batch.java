package dev.tintype.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the captures of a batch are. Each is a job of its own.
 *
 * @param total how many there are
 * @param succeeded how many of them have, by now; the others likewise
 * @param finishedAt when the last of them ended; null if one is open
 * @param metadata the client's own JSON object
 */
public record Batch(
    BatchId id,
    Tenant tenant,
    int total,
    int succeeded,
    int failed,
    int cancelled,
    int expired,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable String metadata) {

  /** How many have not ended. */
  public int open() {
    return total - succeeded - failed - cancelled - expired;
  }
}
