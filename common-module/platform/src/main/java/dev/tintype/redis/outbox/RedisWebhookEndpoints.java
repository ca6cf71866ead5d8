package dev.tintype.redis.outbox;

import dev.tintype.job.Tenant;
import dev.tintype.outbox.WebhookEndpoint;
import dev.tintype.outbox.WebhookEndpoints;
import dev.tintype.outbox.WebhookSecrets;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.Keys;
import dev.tintype.redis.stored.StoredWebhook;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Webhook endpoints in Redis. */
public final class RedisWebhookEndpoints implements WebhookEndpoints {
  private final RedisConnections redis;
  private final Keys keys;

  public RedisWebhookEndpoints(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
  }

  @Override
  public Future<List<WebhookEndpoint>> list(Tenant tenant) {
    return redis
        .run(commands -> commands.hgetall(keys.endpoints(tenant)))
        .map(
            hash ->
                hash.entrySet().stream()
                    .map(entry -> StoredWebhook.endpoint(entry.getKey(), entry.getValue()))
                    .sorted(
                        Comparator.comparing(WebhookEndpoint::createdAt)
                            .thenComparing(WebhookEndpoint::id))
                    .toList());
  }

  @Override
  public Future<SaveReply> create(Tenant tenant, WebhookEndpoint endpoint, @Nullable String key) {
    return save(tenant, endpoint, key, MOST_ENDPOINTS);
  }

  @Override
  public Future<SaveReply> replace(Tenant tenant, WebhookEndpoint endpoint) {
    return save(tenant, endpoint, null, 0);
  }

  private Future<SaveReply> save(
      Tenant tenant, WebhookEndpoint endpoint, @Nullable String key, int most) {
    return Script.SAVE_ENDPOINT
        .<String>run(
            redis,
            keys,
            tenant.name(),
            endpoint.id(),
            StoredWebhook.of(endpoint),
            endpoint.webhook().secret(),
            key == null ? "" : key,
            Integer.toString(most),
            Integer.toString(WebhookSecrets.MOST_SECRETS))
        .map(SaveReply::valueOf);
  }

  @Override
  public Future<Boolean> delete(Tenant tenant, String endpoint) {
    return Script.DELETE_ENDPOINT
        .<String>run(redis, keys, tenant.name(), endpoint)
        .map(word -> word.equals("OK"));
  }
}
