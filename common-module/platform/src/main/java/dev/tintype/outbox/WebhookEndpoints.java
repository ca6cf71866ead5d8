package dev.tintype.outbox;

import dev.tintype.job.Tenant;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The webhook endpoints of a tenant. Each is called at the end of every job of the tenant.
 *
 * <p>Thread-safe. Futures complete on the caller's context and fail with {@link
 * dev.tintype.queue.QueueUnavailableException} when Redis cannot be reached.
 */
public interface WebhookEndpoints {
  /** Maximum number of endpoints per tenant; each adds one delivery to every job. */
  int MOST_ENDPOINTS = 20;

  /** Lists the tenant's endpoints, oldest first. */
  Future<List<WebhookEndpoint>> list(Tenant tenant);

  /**
   * Creates an endpoint.
   *
   * @param key signing key for its secret if the tenant has no secret of that name yet; null
   *     requires the secret to exist
   */
  Future<SaveReply> create(Tenant tenant, WebhookEndpoint endpoint, @Nullable String key);

  /** Replaces the endpoint with the same ID. Its secret must exist. */
  Future<SaveReply> replace(Tenant tenant, WebhookEndpoint endpoint);

  /**
   * Deletes an endpoint and gives up its pending deliveries. The secret named like its ID is
   * deleted too, unless another endpoint uses it.
   *
   * @return false if the tenant has no such endpoint; then nothing is deleted
   */
  Future<Boolean> delete(Tenant tenant, String endpoint);

  /** Result of {@link #create} and {@link #replace}. Only {@link #OK} changes anything. */
  enum SaveReply {
    OK,
    /** There is no endpoint with this ID to replace. */
    UNKNOWN,
    /** The tenant already has {@link #MOST_ENDPOINTS} endpoints. */
    TOO_MANY,
    /** The tenant has no secret of this name. */
    NO_SECRET,
    /** The tenant already has {@link WebhookSecrets#MOST_SECRETS} secrets. */
    TOO_MANY_SECRETS
  }
}
