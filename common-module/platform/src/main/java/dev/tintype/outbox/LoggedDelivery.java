package dev.tintype.outbox;

import dev.tintype.job.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as its owner sees it.
 *
 * @param type of the event, {@code screenshot.succeeded}
 * @param endpoint whose call it is; null for the webhook of a job
 * @param job job of the event; null for a batch or a test
 * @param batch batch of the event; null for a job or a test
 * @param dueAt when the next try is due; null if it has ended
 * @param settledAt when it ended; null if it has not
 * @param body what is sent; null before the first try
 */
public record LoggedDelivery(
    DeliveryId id,
    Tenant tenant,
    String type,
    String url,
    @Nullable String endpoint,
    @Nullable String job,
    @Nullable String batch,
    State state,
    Instant createdAt,
    @Nullable Instant dueAt,
    @Nullable Instant settledAt,
    @Nullable String body,
    List<LoggedAttempt> attempts) {
  public LoggedDelivery {
    attempts = List.copyOf(attempts);
  }

  /** Where a delivery is in its life. */
  public enum State {
    /** Waits for its next try. */
    PENDING,
    SENDING,
    DELIVERED,
    /** Every try failed, its receiver wants no more, or it is too old; its last try says which. */
    GIVEN_UP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One finished attempt.
   *
   * @param number grows over the life of the delivery, also across a redelivery
   */
  public record LoggedAttempt(int number, Instant endedAt, DeliveryAttempt result) {}
}
