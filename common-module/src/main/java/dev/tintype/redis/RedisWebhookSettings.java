package dev.tintype.redis;

import dev.tintype.job.Tenant;
import dev.tintype.queue.WebhookEndpoint;
import dev.tintype.queue.WebhookSecret;
import dev.tintype.queue.WebhookSecret.Older;
import dev.tintype.queue.WebhookSettings;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
                    .map(entry -> HookJson.endpoint(entry.getKey(), entry.getValue()))
                    .sorted(
                        Comparator.comparing(WebhookEndpoint::createdAt)
                            .thenComparing(WebhookEndpoint::id))
                    .toList());
  }

  @Override
  public Future<Void> save(Tenant tenant, WebhookEndpoint endpoint) {
    return redis
        .run(
            commands -> commands.hset(keys.endpoints(tenant), endpoint.id(), HookJson.of(endpoint)))
        .mapEmpty();
  }

  @Override
  public Future<Boolean> delete(Tenant tenant, String endpoint) {
    return redis
        .run(commands -> commands.hdel(keys.endpoints(tenant), endpoint))
        .compose(
            gone ->
                gone == 0
                    ? Future.succeededFuture(false)
                    : redis
                        .run(commands -> commands.hdel(keys.secrets(tenant), endpoint))
                        .map(true));
  }

  @Override
  public Future<WebhookSecret> secretOr(Tenant tenant, String name, String key) {
    return redis
        .run(commands -> commands.hsetnx(keys.secrets(tenant), name, key))
        .compose(
            made ->
                made
                    ? Future.succeededFuture(read(name, List.of(key)))
                    : secret(tenant, name)
                        .compose(
                            known ->
                                // One that was there, and is deleted by now.
                                known
                                    .map(Future::succeededFuture)
                                    .orElseGet(() -> secretOr(tenant, name, key))));
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
