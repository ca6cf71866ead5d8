package dev.tintype.redis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Tenant;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.DeliveryAttempt;
import dev.tintype.outbox.LoggedDelivery;
import dev.tintype.outbox.Settlement;
import dev.tintype.outbox.Settlement.Delivered;
import dev.tintype.outbox.Settlement.GivenUp;
import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.outbox.Settlement.Retry;
import dev.tintype.outbox.WebhookEndpoint;
import dev.tintype.outbox.WebhookEndpoints.SaveReply;
import dev.tintype.queue.LeaseReply;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.job.EndedJobs;
import dev.tintype.redis.outbox.RedisWebhookOutbox.Limits;
import dev.tintype.testing.QueueAccess;
import dev.tintype.webhook.Webhook;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the suites of the outbox do again and again, over one Redis. */
interface OutboxSteps {
  Tenant A = new Tenant("a");
  Tenant B = new Tenant("b");
  DeliveryAttempt FINE = new DeliveryAttempt("delivered", "", 200, null, "ok");
  DeliveryAttempt BROKEN = new DeliveryAttempt("status", "it says 500", 500, null, "");
  Settlement DELIVERED = new Delivered();
  Settlement AT_ONCE = new Retry(Duration.ZERO);
  Settlement GIVEN_UP = new GivenUp(false);

  RedisConnections redis();

  String namespace();

  default EndedJobs jobs() {
    return new EndedJobs(redis(), namespace());
  }

  default RedisWebhookEndpoints endpoints() {
    return new RedisWebhookEndpoints(redis(), namespace());
  }

  default RedisWebhookSecrets secrets() {
    return new RedisWebhookSecrets(redis(), namespace());
  }

  default RedisDeliveryLog log() {
    return new RedisDeliveryLog(redis(), namespace());
  }

  default RedisWebhookOutbox outbox() {
    return outbox(Duration.ofMinutes(10), 10);
  }

  default RedisWebhookOutbox outbox(Duration lease, int atOnce) {
    return outbox(lease, atOnce, Duration.ofDays(7), 1_000);
  }

  default RedisWebhookOutbox outbox(Duration lease, int atOnce, Duration age, long count) {
    return new RedisWebhookOutbox(
        redis(),
        namespace(),
        new Limits(lease, atOnce, 100, 3, Duration.ofMillis(1), Duration.ofMillis(4), age, count));
  }

  default void settleAtFault(Delivery delivery, Duration after) {
    outbox().settle(delivery.lease(), BROKEN, new Retry(after), ReceiverState.FAILING).await();
  }

  default LeaseReply settle(Delivery delivery, DeliveryAttempt how, Settlement settlement) {
    return outbox().settle(delivery.lease(), how, settlement, ReceiverState.HEALTHY).await();
  }

  default LoggedDelivery logged(Delivery delivery) {
    return log().find(delivery.tenant(), delivery.lease().delivery()).await().orElseThrow();
  }

  default void endpoint(Tenant tenant, String id, String url) {
    saved(tenant, id, url).await();
  }

  default void endpoint(String id, Webhook webhook) {
    var endpoint = new WebhookEndpoint(id, webhook, Instant.EPOCH, null);
    endpoints().create(A, endpoint, "whsec_" + id).await();
  }

  default Future<SaveReply> saved(Tenant tenant, String id, String url) {
    var webhook = new Webhook(url, Webhook.ALL_EVENTS, id);
    return endpoints()
        .create(tenant, new WebhookEndpoint(id, webhook, Instant.EPOCH, null), "whsec_" + id);
  }

  default Webhook hook(String url) {
    return new Webhook(url, Webhook.ALL_EVENTS, Webhook.DEFAULT_SECRET);
  }

  default List<Delivery> claim() {
    return outbox().claim(QueueAccess.nonce(), 100).await();
  }

  default Delivery claimOne() {
    List<Delivery> claimed = untilClaimed();
    assertThat(claimed).hasSize(1);
    return claimed.get(0);
  }

  default List<Delivery> untilClaimed() {
    return QueueAccess.untilAny(this::claim);
  }

  default void aMillisecondLater() {
    Instant begin = Instant.now();
    QueueAccess.untilAny(
        () -> {
          redis().run(commands -> commands.time()).await();
          return Instant.now().isAfter(begin.plusMillis(2)) ? List.of(1) : List.<Integer>of();
        });
  }
}
