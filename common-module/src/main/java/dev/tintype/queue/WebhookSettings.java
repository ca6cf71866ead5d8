package dev.tintype.queue;

import dev.tintype.job.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whom a tenant wants called, and what signs. Thread-safe; answers on the caller's context. */
public interface WebhookSettings {
  /** The tenant's endpoints, the oldest first. */
  Future<List<WebhookEndpoint>> endpoints(Tenant tenant);

  /** Makes an endpoint, or puts it in the place of the one of its id. */
  Future<Void> save(Tenant tenant, WebhookEndpoint endpoint);

  /**
   * Calls it no more, not even for what has happened. Its own secret, of its id's name, goes too;
   * none goes if there is no such endpoint.
   *
   * @return false if there is no such endpoint
   */
  Future<Boolean> delete(Tenant tenant, String endpoint);

  /**
   * The secret of this name, made of this key if there is none yet.
   *
   * @param key {@code whsec_...}
   */
  Future<WebhookSecret> secretOr(Tenant tenant, String name, String key);

  /** The secret of this name. */
  Future<Optional<WebhookSecret>> secret(Tenant tenant, String name);

  /**
   * Puts a new key in the place of the one that signs. Five sign at once; of more the oldest goes.
   *
   * @param overlap how long the old one still signs
   * @return empty if there is no such secret
   */
  Future<Optional<WebhookSecret>> rotate(Tenant tenant, String name, String key, Duration overlap);
}
