package dev.tintype.outbox;

import java.time.Instant;
import java.util.List;

/**
 * What a tenant and its receivers share, by name.
 *
 * @param key the one that signs from now on, {@code whsec_...}
 * @param older those that sign beside it for a while, so that a receiver can change over
 */
public record WebhookSecret(String name, String key, List<Older> older) {
  public WebhookSecret {
    older = List.copyOf(older);
  }

  /** A key whose time ends. */
  public record Older(String key, Instant until) {}

  @Override
  public String toString() {
    return "secret " + name;
  }
}
