package dev.tintype.redis.outbox;

import dev.tintype.job.Tenant;
import dev.tintype.outbox.WebhookSecret;
import dev.tintype.outbox.WebhookSecret.Older;
import dev.tintype.outbox.WebhookSecrets;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.Keys;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Webhook secrets in Redis, stored in plain text: anyone who can read Redis can read them. */
public final class RedisWebhookSecrets implements WebhookSecrets {
  private final RedisConnections redis;
  private final Keys keys;

  public RedisWebhookSecrets(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
  }

  @Override
  public Future<Optional<FoundOrCreated>> findOrCreate(Tenant tenant, String name, String key) {
    return Script.FIND_OR_CREATE_SECRET
        .<List<Object>>run(redis, keys, tenant.name(), name, key, Integer.toString(MOST_SECRETS))
        .map(
            reply ->
                reply.get(0).equals("TOO_MANY_SECRETS")
                    ? Optional.empty()
                    : Optional.of(
                        new FoundOrCreated(
                            read(name, List.of(((String) reply.get(1)).split(" ", -1))),
                            reply.get(0).equals("CREATED"))));
  }

  @Override
  public Future<SecretDeletion> delete(Tenant tenant, String name) {
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
  public Future<Optional<WebhookSecret>> find(Tenant tenant, String name) {
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
