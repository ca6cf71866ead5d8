package dev.tintype.redis.outbox;

import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.json.Json;
import dev.tintype.outbox.DeliveryAttempt;
import dev.tintype.outbox.DeliveryId;
import dev.tintype.outbox.DeliveryLog;
import dev.tintype.outbox.LoggedDelivery;
import dev.tintype.outbox.LoggedDelivery.LoggedAttempt;
import dev.tintype.outbox.LoggedDelivery.State;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.JobHash;
import dev.tintype.redis.stored.Keys;
import dev.tintype.webhook.WebhookEvent;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The log of deliveries in Redis. */
public final class RedisDeliveryLog implements DeliveryLog {
  // Of one step of a redelivery of many; each costs a few microseconds.
  private static final int AT_ONCE = 200;

  private static final long FIRST_MILLIS = 1_000_000_000_000L;
  private static final long LAST_MILLIS = 9_999_999_999_999L;

  private static final String ATTEMPT = "try:";

  private final RedisConnections redis;
  private final Keys keys;

  public RedisDeliveryLog(RedisConnections redis, String namespace) {
    this.redis = redis;
    this.keys = new Keys(namespace);
  }

  @Override
  public Future<Page> list(Tenant tenant, @Nullable String cursor, int limit) {
    String index = "of:" + tenant + ":";
    var range =
        Range.from(
            Boundary.including(index),
            Boundary.excluding(cursor == null ? "of:" + tenant + ";" : index + cursor));
    return redis
        .run(commands -> commands.zrevrangebylex(keys.deliveries(), range, Limit.create(0, limit)))
        .compose(
            entries ->
                load(entries)
                    .map(
                        found ->
                            new Page(
                                found,
                                entries.size() < limit
                                    ? null
                                    : entries.get(entries.size() - 1).substring(index.length()))));
  }

  @Override
  public Future<List<LoggedDelivery>> listOfJob(JobId job) {
    String index = "about:" + job;
    var range = Range.from(Boundary.including(index + ":"), Boundary.excluding(index + ";"));
    return redis
        .run(commands -> commands.zrangebylex(keys.deliveries(), range))
        .compose(this::load);
  }

  @Override
  public Future<Optional<LoggedDelivery>> find(Tenant tenant, DeliveryId id) {
    return read(id).map(found -> found.filter(delivery -> delivery.tenant().equals(tenant)));
  }

  @Override
  public Future<Boolean> redeliver(Tenant tenant, DeliveryId id) {
    return Script.REDELIVER
        .<List<Object>>run(redis, keys, tenant.name(), id.value())
        .map(reply -> reply.get(0).equals("OK"));
  }

  @Override
  public Future<Integer> redeliverSince(Tenant tenant, Instant since) {
    // Compared as text, digit by digit: as long as all others are, from 2001 to 2286.
    long millis = Math.max(FIRST_MILLIS, Math.min(since.toEpochMilli(), LAST_MILLIS));
    return redeliver(tenant, Boundary.including("of:" + tenant + ":" + millis), 0);
  }

  private Future<Integer> redeliver(Tenant tenant, Boundary<String> from, int before) {
    var range = Range.from(from, Boundary.excluding("of:" + tenant + ";"));
    return redis
        .run(commands -> commands.zrangebylex(keys.deliveries(), range, Limit.create(0, AT_ONCE)))
        .compose(
            entries ->
                givenUp(entries)
                    .compose(
                        ids -> {
                          Future<?> begun =
                              ids.isEmpty()
                                  ? Future.succeededFuture()
                                  : Script.REDELIVER.run(
                                      redis,
                                      keys,
                                      Stream.concat(Stream.of(tenant.name()), ids.stream())
                                          .toArray(String[]::new));
                          int count = before + ids.size();
                          return begun.compose(
                              done ->
                                  entries.size() < AT_ONCE
                                      ? Future.succeededFuture(count)
                                      : redeliver(
                                          tenant,
                                          Boundary.excluding(entries.get(entries.size() - 1)),
                                          count));
                        }));
  }

  /** Their ids. Only their state is read: a body may be large, and so may what receivers said. */
  private Future<List<String>> givenUp(List<String> entries) {
    List<String> ids = entries.stream().map(RedisDeliveryLog::id).toList();
    List<Future<String>> states =
        ids.stream()
            .map(
                id ->
                    redis.<String>run(
                        commands -> commands.hget(keys.delivery(new DeliveryId(id)), "state")))
            .toList();
    return Future.all(states)
        .map(
            all ->
                IntStream.range(0, ids.size())
                    .filter(i -> State.GIVEN_UP.toString().equals(states.get(i).result()))
                    .mapToObj(ids::get)
                    .toList());
  }

  @Override
  public Future<Boolean> test(Tenant tenant, String endpoint, DeliveryId id) {
    return Script.TEST_ENDPOINT
        .<String>run(redis, keys, tenant.name(), endpoint, id.value())
        .map(word -> word.equals("OK"));
  }

  /** Those that entries of an index end with. */
  private Future<List<LoggedDelivery>> load(List<String> entries) {
    List<Future<Optional<LoggedDelivery>>> found =
        entries.stream().map(entry -> read(new DeliveryId(id(entry)))).toList();
    return Future.all(found)
        .map(all -> found.stream().flatMap(each -> each.result().stream()).toList());
  }

  private static String id(String entry) {
    return entry.substring(entry.lastIndexOf(':') + 1);
  }

  private Future<Optional<LoggedDelivery>> read(DeliveryId id) {
    return redis
        .run(commands -> commands.hgetall(keys.delivery(id)))
        .map(hash -> hash.isEmpty() ? Optional.empty() : Optional.of(delivery(id, hash)));
  }

  private static LoggedDelivery delivery(DeliveryId id, Map<String, String> hash) {
    State state = JobHash.word(State.class, JobHash.required(hash, "state"));
    boolean open = state == State.PENDING || state == State.SENDING;
    List<LoggedAttempt> attempts = new ArrayList<>();
    hash.forEach(
        (field, line) -> {
          if (field.startsWith(ATTEMPT)) {
            int blank = line.indexOf(' ');
            attempts.add(
                new LoggedAttempt(
                    Integer.parseInt(field.substring(ATTEMPT.length())),
                    Instant.ofEpochMilli(Long.parseLong(line.substring(0, blank))),
                    Json.read(line.substring(blank + 1), DeliveryAttempt.class)));
          }
        });
    attempts.sort(Comparator.comparingInt(LoggedAttempt::number));
    String subject = orNull(hash.get("subject"));
    boolean isOfBatch = WebhookEvent.BATCH.type().equals(hash.get("type"));
    return new LoggedDelivery(
        id,
        new Tenant(JobHash.required(hash, "tenant")),
        JobHash.required(hash, "type"),
        JobHash.required(hash, "url"),
        orNull(hash.get("endpoint")),
        isOfBatch ? null : subject,
        isOfBatch ? subject : null,
        state,
        Instant.ofEpochMilli(Long.parseLong(JobHash.required(hash, "createdMillis"))),
        open ? JobHash.time(hash.get("dueMillis")) : null,
        JobHash.time(hash.get("settledMillis")),
        hash.get("body"),
        attempts);
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
