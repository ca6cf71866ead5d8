package dev.tintype.redis.outbox;

import dev.tintype.job.Tenant;
import dev.tintype.outbox.WebhookEndpoint;
import dev.tintype.outbox.WebhookSecret;
import dev.tintype.outbox.WebhookSecret.Older;
import dev.tintype.outbox.WebhookSettings;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.Keys;
import dev.tintype.redis.stored.StoredWebhook;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Endpoints and secrets in Redis. The secrets lie there as they are: who reads Redis reads all. */
public final class RedisWebhookSettings implements WebhookSettings {
  private final RedisConnections redis;
  private final Keys keys;

  public RedisWebhookSettings(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
  }

  @Override
  public Future<List<WebhookEndpoint>> endpoints(Tenant tenant) {
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
            Integer.toString(MOST_SECRETS))
        .map(SaveReply::valueOf);
  }

  @Override
  public Future<Boolean> delete(Tenant tenant, String endpoint) {
    return Script.DELETE_ENDPOINT
        .<String>run(redis, keys, tenant.name(), endpoint)
        .map(word -> word.equals("OK"));
  }

  @Override
  public Future<Optional<KeptSecret>> secretOr(Tenant tenant, String name, String key) {
    return Script.KEEP_SECRET
        .<List<Object>>run(redis, keys, tenant.name(), name, key, Integer.toString(MOST_SECRETS))
        .map(
            reply ->
                reply.get(0).equals("TOO_MANY_SECRETS")
                    ? Optional.empty()
                    : Optional.of(
                        new KeptSecret(
                            read(name, List.of(((String) reply.get(1)).split(" ", -1))),
                            reply.get(0).equals("MADE"))));
  }

  @Override
  public Future<SecretDeletion> deleteSecret(Tenant tenant, String name) {
    return Script.DELETE_SECRET
        .<List<Object>>run(redis, keys, tenant.name(), name)
        .map(
            reply ->
                switch ((String) reply.get(0)) {
                  case "DELETED" -> new SecretDeletion.Deleted();
                  case "IN_USE" -> new SecretDeletion.InUse((String) reply.get(1));
                  default -> new SecretDeletion.Unknown();
                });
  }

  @Override
  public Future<Optional<WebhookSecret>> secret(Tenant tenant, String name) {
    return redis
        .<String>run(commands -> commands.hget(keys.secrets(tenant), name))
        .map(
            text ->
                Optional.ofNullable(text).map(known -> read(name, List.of(known.split(" ", -1)))));
  }

  @Override
  public Future<Optional<WebhookSecret>> rotate(
      Tenant tenant, String name, String key, Duration overlap) {
    return Script.ROTATE_SECRET
        .<List<Object>>run(redis, keys, tenant.name(), name, key, Long.toString(overlap.toMillis()))
        .map(
            reply ->
                reply.get(0).equals("OK")
                    ? Optional.of(
                        read(
                            name,
                            reply.subList(1, reply.size()).stream()
                                .map(String.class::cast)
                                .toList()))
                    : Optional.empty());
  }

  private static WebhookSecret read(String name, List<String> words) {
    List<Older> older = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      int at = word.indexOf('@');
      older.add(
          new Older(
              word.substring(0, at), Instant.ofEpochMilli(Long.parseLong(word.substring(at + 1)))));
    }
    return new WebhookSecret(name, words.get(0), older);
  }
}
