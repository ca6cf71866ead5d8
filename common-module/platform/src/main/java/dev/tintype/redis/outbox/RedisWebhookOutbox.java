package dev.tintype.redis.outbox;

import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.json.Json;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.DeliveryAttempt;
import dev.tintype.outbox.DeliveryId;
import dev.tintype.outbox.DeliveryLease;
import dev.tintype.outbox.Settlement;
import dev.tintype.outbox.Settlement.GivenUp;
import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.outbox.Settlement.Retry;
import dev.tintype.outbox.WebhookOutbox;
import dev.tintype.queue.LeaseReply;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.BatchHash;
import dev.tintype.redis.stored.JobHash;
import dev.tintype.redis.stored.Keys;
import dev.tintype.webhook.WebhookEvent;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A deliverer's side of the outbox in Redis. */
public final class RedisWebhookOutbox implements WebhookOutbox {
  private static final Logger log = LoggerFactory.getLogger(RedisWebhookOutbox.class);

  private final RedisConnections redis;
  private final Keys keys;
  private final Limits limits;

  /**
   * What is allowed to deliveries.
   *
   * @param lease how long one try may take, with everything around it; at least a millisecond
   * @param atOnce attempts in progress to one receiver of one tenant, by all deliverers together
   * @param ofTenant attempts in progress of one tenant, by all deliverers together; fewer than a
   *     process can have, so that no tenant takes them all
   * @param faults in a row after which a receiver is let rest
   * @param rest the first; each is twice as long as the one before
   * @param longestRest beyond it they grow no more
   * @param age how long a delivery is tried, longer than any schedule, and how long one that has
   *     ended is kept
   * @param count how many that have ended are kept
   */
  public record Limits(
      Duration lease,
      int atOnce,
      int ofTenant,
      int faults,
      Duration rest,
      Duration longestRest,
      Duration age,
      long count) {
    /**
     * 15 s for a try leave as much for Redis. Ten at once are 20 a second to a receiver that takes
     * half a second, and nothing to one that is well. A receiver that comes back is noticed within
     * five minutes. The schedule ends after three days.
     */
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofSeconds(30),
            10,
            200,
            5,
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofDays(7),
            20_000);

    public Limits {
      if (lease.toMillis() < 1
          || atOnce < 1
          || ofTenant < 1
          || faults < 1
          || rest.toMillis() < 1
          || count < 0) {
        throw new IllegalArgumentException(
            "lease is %s, atOnce %d, ofTenant %d, faults %d, rest %s, count %d; allowed is 1 or more, count 0"
                .formatted(lease, atOnce, ofTenant, faults, rest, count));
      }
    }
  }

  public RedisWebhookOutbox(RedisConnections redis, String namespace, Limits limits) {
    this.redis = redis;
    this.keys = new Keys(namespace);
    this.limits = limits;
  }

  @Override
  public Future<List<Delivery>> claim(String nonce, int limit) {
    return Script.CLAIM_DELIVERIES
        .<List<List<Object>>>run(
            redis,
            keys,
            nonce,
            millis(limits.lease.multipliedBy(2)),
            millis(limits.lease),
            Integer.toString(limit),
            Integer.toString(limits.atOnce),
            Integer.toString(limits.ofTenant))
        .map(replies -> replies.stream().flatMap(reply -> readable(reply).stream()).toList());
  }

  @Override
  public Future<Optional<String>> saveBody(DeliveryLease lease, String body) {
    return Script.SAVE_BODY
        .<List<Object>>run(redis, keys, lease.delivery().value(), attempt(lease), body)
        .map(
            reply ->
                reply.get(0).equals("OK") ? Optional.of((String) reply.get(1)) : Optional.empty());
  }

  @Override
  public Future<LeaseReply> settle(
      DeliveryLease lease, DeliveryAttempt how, Settlement settlement, ReceiverState receiver) {
    return Script.SETTLE_DELIVERY
        .<String>run(
            redis,
            keys,
            lease.delivery().value(),
            attempt(lease),
            settlement instanceof Retry
                ? "pending"
                : settlement instanceof GivenUp ? "given_up" : "delivered",
            settlement instanceof Retry retry ? millis(retry.after()) : "0",
            Json.write(how),
            receiver.health().toString(),
            millis(receiver.pause()),
            settlement instanceof GivenUp end && end.stopEndpoint() ? "1" : "0",
            Integer.toString(limits.faults),
            millis(limits.rest),
            millis(limits.longestRest))
        .map(LeaseReply::valueOf);
  }

  @Override
  public Future<Integer> trim(int limit) {
    return Script.TRIM_DELIVERIES
        .<List<Object>>run(
            redis, keys, Integer.toString(limit), millis(limits.age), Long.toString(limits.count))
        .map(List::size);
  }

  /** One that a newer process has written in its way must not hold up the others. */
  private static Optional<Delivery> readable(List<Object> reply) {
    try {
      return Optional.of(delivery(reply.stream().map(String.class::cast).toList()));
    } catch (RuntimeException e) {
      log.error("event=delivery_unreadable delivery={}", reply.get(1), e);
      return Optional.empty();
    }
  }

  private static Delivery delivery(List<String> words) {
    String body = words.get(9);
    String snapshot = words.get(10);
    String subject = words.get(8);
    boolean isOfBatch = words.get(5).equals(WebhookEvent.BATCH.type());
    return new Delivery(
        new DeliveryLease(new DeliveryId(words.get(1)), Integer.parseInt(words.get(2))),
        Integer.parseInt(words.get(3)),
        new Tenant(words.get(4)),
        words.get(5),
        words.get(6),
        Instant.ofEpochMilli(Long.parseLong(words.get(7))),
        body.isEmpty() ? null : body,
        snapshot.isEmpty() || isOfBatch ? null : JobHash.read(new JobId(subject), hash(snapshot)),
        snapshot.isEmpty() || !isOfBatch
            ? null
            : BatchHash.read(new BatchId(subject), hash(snapshot)),
        words.subList(11, words.size()));
  }

  /** A hash as it was when the delivery was made: names and values by turns. */
  private static Map<String, String> hash(String snapshot) {
    String[] words = Json.read(snapshot, String[].class);
    Map<String, String> hash = new HashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      hash.put(words[i], words[i + 1]);
    }
    return hash;
  }

  private static String attempt(DeliveryLease lease) {
    return Integer.toString(lease.attempt());
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }
}
