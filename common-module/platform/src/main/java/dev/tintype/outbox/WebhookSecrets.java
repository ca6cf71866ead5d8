package dev.tintype.outbox;

import dev.tintype.job.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * The secrets of a tenant, by name. They sign its webhooks.
 *
 * <p>Thread-safe. Futures complete on the caller's context and fail with {@link
 * dev.tintype.queue.QueueUnavailableException} when Redis cannot be reached.
 */
public interface WebhookSecrets {
  /** Maximum number of secrets per tenant. */
  int MOST_SECRETS = 100;

  /** Finds a secret; empty if the tenant has none of this name. */
  Future<Optional<WebhookSecret>> find(Tenant tenant, String name);

  /**
   * Finds a secret, or creates it with this key.
   *
   * @param key {@code whsec_...}; ignored if the secret exists
   * @return empty if the secret does not exist and the tenant already has {@link #MOST_SECRETS}
   */
  Future<Optional<FoundOrCreated>> findOrCreate(Tenant tenant, String name, String key);

  /**
   * Replaces the signing key. At most five keys sign at a time; the oldest is dropped.
   *
   * @param overlap how long the previous key still signs as well; zero or more
   * @return empty if the tenant has no secret of this name
   */
  Future<Optional<WebhookSecret>> rotate(Tenant tenant, String name, String key, Duration overlap);

  /** Deletes a secret that no endpoint uses. Pending deliveries that need it are given up. */
  Future<SecretDeletion> delete(Tenant tenant, String name);

  /**
   * Result of {@link #findOrCreate}.
   *
   * @param isNew whether this call created the secret
   */
  record FoundOrCreated(WebhookSecret secret, boolean isNew) {}

  /** Result of {@link #delete}. */
  sealed interface SecretDeletion {
    record Deleted() implements SecretDeletion {}

    /** The tenant has no secret of this name. */
    record Unknown() implements SecretDeletion {}

    /** An endpoint uses the secret; it was not deleted. */
    record InUse(String endpoint) implements SecretDeletion {}
  }
}
