package dev.tintype.worker.webhook;

import dev.tintype.egress.EgressPolicy;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.Settlement.Delivered;
import dev.tintype.outbox.Settlement.Retry;
import dev.tintype.outbox.WebhookOutbox;
import dev.tintype.queue.LeaseReply;
import dev.tintype.webhook.SigningKey;
import dev.tintype.webhook.WebhookVerifier;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims deliveries that are due, sends them, and reports their outcome to the outbox. Any number
 * of processes may run one. If a process dies during an attempt, another repeats it when its lease
 * has expired, and the receiver may see the same {@code webhook-id} twice.
 */
public final class WebhookVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(WebhookVerticle.class);

  // A delivery that is due is not announced. It is noticed this much later at most.
  private static final long POLL_MILLIS = 250;
  private static final int MOST_AT_A_TIME = 50;
  private static final long TRIM_MILLIS = 10_000;
  private static final int TRIM_AT_A_TIME = 200;

  // Longer than the lease: while Redis is away, no other process can claim the delivery either.
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);
  // While draining: a stopping process has 50 s beyond its grace period, and the last command may
  // take 20.
  private static final Duration SETTLE_LIMIT_IN_DRAIN = Duration.ofSeconds(10);
  private static final long SETTLE_RETRY_MILLIS = 1_000;

  private final WebhookConfig config;
  private final WebhookOutbox outbox;
  private final EgressPolicy egress;
  private final InstantSource clock;
  private final HttpClientOptions tls;
  private final RandomGenerator random = new SecureRandom();
  private final Promise<Void> drained = Promise.promise();

  private @Nullable WebhookClient client;
  private String nonce = newNonce();
  private int inFlight;
  private boolean claiming;
  private boolean trimming;
  private boolean draining;
  private boolean outboxAway;

  public WebhookVerticle(
      WebhookConfig config, WebhookOutbox outbox, EgressPolicy egress, InstantSource clock) {
    this(config, outbox, egress, clock, new HttpClientOptions());
  }

  /**
   * A deliverer with another trust store than that of the JDK.
   *
   * @param tls what is trusted
   */
  WebhookVerticle(
      WebhookConfig config,
      WebhookOutbox outbox,
      EgressPolicy egress,
      InstantSource clock,
      HttpClientOptions tls) {
    this.config = config;
    this.outbox = outbox;
    this.egress = egress;
    this.clock = clock;
    this.tls = tls;
  }

  @Override
  public Future<?> start() {
    client = new WebhookClient(vertx, egress, config.timeout(), clock, tls);
    vertx.setPeriodic(POLL_MILLIS, tick -> claim());
    vertx.setPeriodic(TRIM_MILLIS, tick -> trim());
    claim();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return client == null ? Future.succeededFuture() : client.close();
  }

  /**
   * Begins no more attempts and waits for those in flight, which takes as long as the timeout of
   * one attempt, and 10 s longer while Redis is away. Await it before the verticle is undeployed.
   * Call it from any thread.
   */
  public Future<Void> drain() {
    context.runOnContext(
        now -> {
          draining = true;
          completeIfDrained();
        });
    return drained.future();
  }

  private void claim() {
    int room = Math.min(MOST_AT_A_TIME, config.atOnce() - inFlight);
    if (claiming || draining || room < 1) {
      return;
    }
    claiming = true;
    outbox
        .claim(nonce, room)
        .onComplete(
            claim -> {
              claiming = false;
              noteOutbox(claim.cause());
              // A claim that failed may have succeeded without its reply. With the same nonce, the
              // next one returns the same deliveries.
              if (claim.succeeded()) {
                nonce = newNonce();
                List<Delivery> deliveries = claim.result();
                deliveries.forEach(this::deliver);
                if (!deliveries.isEmpty()) {
                  claim();
                }
              }
              completeIfDrained();
            });
  }

  private void deliver(Delivery delivery) {
    inFlight++;
    // Inside compose, an exception becomes a failed future.
    Future.succeededFuture()
        .compose(begin -> attempt(delivery))
        .onFailure(
            failure ->
                // Repeated when the lease has expired.
                log.warn(
                    "event=webhook_unsettled delivery={} error=\"{}\"",
                    delivery.lease().delivery(),
                    failure.getMessage()))
        .onComplete(
            done -> {
              inFlight--;
              claim();
              completeIfDrained();
            });
  }

  private Future<LeaseReply> attempt(Delivery delivery) {
    long begin = System.nanoTime();
    return body(delivery)
        .compose(
            body ->
                // Inside compose, an exception becomes a failed attempt.
                Future.succeededFuture()
                    .compose(begun -> send(delivery, body))
                    .map(
                        answer ->
                            Verdict.of(
                                answer,
                                delivery.attempts(),
                                since(begin),
                                config.schedule(),
                                random))
                    .otherwise(
                        failure ->
                            Verdict.of(
                                fault(failure),
                                delivery.attempts(),
                                since(begin),
                                config.schedule(),
                                random)))
        .compose(
            verdict -> {
              report(delivery, verdict);
              return settle(delivery, verdict, System.nanoTime());
            })
        .onSuccess(
            reply -> {
              if (reply != LeaseReply.OK) {
                log.warn(
                    "event=webhook_lease_lost delivery={} attempt={}",
                    delivery.lease().delivery(),
                    delivery.lease().attempt());
              }
            });
  }

  /**
   * Reports the outcome, and repeats that while Redis is away: an attempt without a reported
   * outcome is sent again. The outbox recognizes a report that it already has.
   */
  private Future<LeaseReply> settle(Delivery delivery, Verdict verdict, long begin) {
    return outbox
        .settle(delivery.lease(), verdict.how(), verdict.settlement(), verdict.receiver())
        .recover(
            failure -> {
              if (since(begin).compareTo(draining ? SETTLE_LIMIT_IN_DRAIN : SETTLE_LIMIT) > 0) {
                return Future.failedFuture(failure);
              }
              noteOutbox(failure);
              return vertx
                  .timer(SETTLE_RETRY_MILLIS, TimeUnit.MILLISECONDS)
                  .compose(again -> settle(delivery, verdict, begin));
            });
  }

  /** The bytes that every attempt sends; stored before the first one. */
  private Future<String> body(Delivery delivery) {
    if (delivery.body() != null) {
      return Future.succeededFuture(delivery.body());
    }
    return outbox
        .saveBody(delivery.lease(), WebhookBody.of(delivery, config.publicUrl()))
        .compose(
            kept ->
                kept.map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture("the lease was lost before the attempt")));
  }

  private Future<WebhookAnswer> send(Delivery delivery, String body) {
    if (delivery.keys().isEmpty()) {
      return Future.failedFuture(
          new WebhookFault("no_secret", "the signing secret has been deleted"));
    }
    String id = delivery.lease().delivery().value();
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add(HttpHeaders.CONTENT_TYPE, "application/json")
            .add(HttpHeaders.USER_AGENT, "Tintype")
            .add(WebhookVerifier.ID, id)
            .add(WebhookVerifier.TIMESTAMP, timestamp)
            .add(WebhookVerifier.SIGNATURE, signatures(delivery.keys(), id, timestamp, body));
    return Objects.requireNonNull(client).post(delivery.url(), headers, Buffer.buffer(body));
  }

  /** One signature for each key, so that a receiver that knows any of them can verify. */
  private static String signatures(List<String> keys, String id, String timestamp, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> SigningKey.parse(key).sign(id, timestamp, bytes))
        .collect(Collectors.joining(" "));
  }

  /**
   * An unexpected exception is a failed attempt, too: the delivery must not be retried for ever.
   */
  private static WebhookFault fault(Throwable failure) {
    if (failure instanceof WebhookFault known) {
      return known;
    }
    log.error("event=webhook_fault", failure);
    return new WebhookFault("internal", "a fault of the platform; its log has the details");
  }

  private static void report(Delivery delivery, Verdict verdict) {
    var how = verdict.how();
    if (verdict.settlement() instanceof Delivered) {
      log.info(
          "event=webhook_delivered delivery={} tenant={} attempt={} status={} took={}ms",
          delivery.lease().delivery(),
          delivery.tenant(),
          delivery.attempts(),
          how.status(),
          how.took() == null ? 0 : how.took().toMillis());
    } else {
      log.warn(
          "event={} delivery={} tenant={} attempt={} outcome={} reason=\"{}\"{}",
          verdict.settlement() instanceof Retry ? "webhook_failed" : "webhook_given_up",
          delivery.lease().delivery(),
          delivery.tenant(),
          delivery.attempts(),
          how.outcome(),
          how.message(),
          verdict.settlement() instanceof Retry retry
              ? " retry_in=" + retry.after().toMillis() + "ms"
              : "");
    }
  }

  private void trim() {
    if (trimming || draining) {
      return;
    }
    trimming = true;
    outbox
        .trim(TRIM_AT_A_TIME)
        .onComplete(
            trimmed -> {
              trimming = false;
              if (trimmed.failed()) {
                log.warn("event=webhook_trim_failed error=\"{}\"", trimmed.cause().getMessage());
              } else if (trimmed.result() >= TRIM_AT_A_TIME) {
                trim();
              }
            });
  }

  private void noteOutbox(@Nullable Throwable failure) {
    if (failure != null && !outboxAway) {
      log.warn("event=outbox_away error=\"{}\"", failure.getMessage());
    } else if (failure == null && outboxAway) {
      log.info("event=outbox_back");
    }
    outboxAway = failure != null;
  }

  private void completeIfDrained() {
    if (draining && !claiming && inFlight == 0) {
      drained.tryComplete();
    }
  }

  private static Duration since(long begin) {
    // More precision would be noise in the log of the delivery.
    return Duration.ofMillis((System.nanoTime() - begin) / 1_000_000);
  }

  private static String newNonce() {
    return UUID.randomUUID().toString();
  }
}
