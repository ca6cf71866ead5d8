package dev.tintype.outbox;

import dev.tintype.webhook.Webhook;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is called at the end of every job of a tenant.
 *
 * @param id made by the caller of {@link WebhookEndpoints}: {@code ep_} and up to 40 of a-z and 0-9
 * @param disabledAt when it answered that it wants no more calls; null while it is called
 */
public record WebhookEndpoint(
    String id, Webhook webhook, Instant createdAt, @Nullable Instant disabledAt) {
  public WebhookEndpoint {
    if (!isId(id)) {
      throw new IllegalArgumentException("not the id of an endpoint: ep_ and up to 40 of a-z, 0-9");
    }
  }

  public static boolean isId(String text) {
    return text.matches("ep_[a-z0-9]{1,40}");
  }
}
