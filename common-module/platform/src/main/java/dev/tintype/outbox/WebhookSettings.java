package dev.tintype.outbox;

import dev.tintype.job.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom a tenant wants called, and what signs. Thread-safe; answers on the caller's context. */
public interface WebhookSettings {
  /** Of a tenant; each costs every job of it a delivery. */
  int MOST_ENDPOINTS = 20;

  /** Of a tenant; one for each of its endpoints, and many more. */
  int MOST_SECRETS = 100;

  /** The tenant's endpoints, the oldest first. */
  Future<List<WebhookEndpoint>> endpoints(Tenant tenant);

  /**
   * Makes an endpoint.
   *
   * @param key of which its secret is made if there is none of that name; null if it has to be
   *     there
   */
  Future<SaveReply> create(Tenant tenant, WebhookEndpoint endpoint, @Nullable String key);

  /** Puts an endpoint in the place of the one of its id. Its secret has to be there. */
  Future<SaveReply> replace(Tenant tenant, WebhookEndpoint endpoint);

  /**
   * Calls it no more, not even for what has happened. Its own secret, of its id's name, goes too,
   * unless it signs for another endpoint; none goes if there is no such endpoint.
   *
   * @return false if there is no such endpoint
   */
  Future<Boolean> delete(Tenant tenant, String endpoint);

  /**
   * The secret of this name, made of this key if there is none yet.
   *
   * @param key {@code whsec_...}
   * @return empty if it would be one more than {@link #MOST_SECRETS}
   */
  Future<Optional<KeptSecret>> secretOr(Tenant tenant, String name, String key);

  /** The secret of this name. */
  Future<Optional<WebhookSecret>> secret(Tenant tenant, String name);

  /**
   * Puts a new key in the place of the one that signs. Five sign at once; of more the oldest goes.
   *
   * @param overlap how long the old one still signs
   * @return empty if there is no such secret
   */
  Future<Optional<WebhookSecret>> rotate(Tenant tenant, String name, String key, Duration overlap);

  /** Deletes a secret that signs for no endpoint. A job that has named it is told to nobody. */
  Future<SecretDeletion> deleteSecret(Tenant tenant, String name);

  /** What became of an endpoint that was to be saved. Nothing was changed unless it is OK. */
  enum SaveReply {
    OK,
    /** There is none to take the place of. */
    UNKNOWN,
    /** The tenant has {@link #MOST_ENDPOINTS}. */
    TOO_MANY,
    /** There is no secret of the name that it has. */
    NO_SECRET,
    /** Its secret would be one more than {@link #MOST_SECRETS}. */
    TOO_MANY_SECRETS
  }

  /**
   * A secret that was asked for.
   *
   * @param isNew whether it was made for this call
   */
  record KeptSecret(WebhookSecret secret, boolean isNew) {}

  /** What became of a secret that was to be deleted. */
  sealed interface SecretDeletion {
    record Deleted() implements SecretDeletion {}

    /** There is none of this name. */
    record Unknown() implements SecretDeletion {}

    /** It signs for this endpoint, and stays. */
    record InUse(String endpoint) implements SecretDeletion {}
  }
}
