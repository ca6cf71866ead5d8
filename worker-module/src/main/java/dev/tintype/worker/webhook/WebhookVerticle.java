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
 * Delivers: claims what is due, sends it, and says how it went. Any number of processes may do so
 * beside each other. Who dies in the middle of a try leaves it to the end of its lease, and the
 * receiver may see the same {@code webhook-id} twice.
 */
public final class WebhookVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(WebhookVerticle.class);

  // Nobody is told of a delivery that is due; this is how late it can be noticed.
  private static final long POLL_MILLIS = 250;
  private static final int MOST_AT_A_TIME = 50;
  private static final long TRIM_MILLIS = 10_000;
  private static final int TRIM_AT_A_TIME = 200;

  // Longer than the lease: while Redis is away nobody else can take the delivery either.
  private static final Duration PERSISTENCE = Duration.ofSeconds(60);
  // Of a process that is to stop: it has 50 s beside its grace, and the last repetition may take
  // 20.
  private static final Duration LAST_PERSISTENCE = Duration.ofSeconds(10);
  private static final long REPEAT_MILLIS = 1_000;

  private final WebhookConfig config;
  private final WebhookOutbox outbox;
  private final EgressPolicy egress;
  private final InstantSource clock;
  private final HttpClientOptions tls;
  private final RandomGenerator random = new SecureRandom();
  private final Promise<Void> drained = Promise.promise();

  private @Nullable WebhookClient client;
  private String nonce = newNonce();
  private int underWay;
  private boolean claiming;
  private boolean trimming;
  private boolean draining;
  private boolean outboxAway;

  public WebhookVerticle(
      WebhookConfig config, WebhookOutbox outbox, EgressPolicy egress, InstantSource clock) {
    this(config, outbox, egress, clock, new HttpClientOptions());
  }

  /**
   * One that trusts others than the JDK does.
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
   * Begins no more tries, and lets those end that are under way, which takes no longer than the
   * timeout of one, and a little more while Redis is away. To be awaited before the verticle is
   * undeployed, from any thread.
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
    int room = Math.min(MOST_AT_A_TIME, config.atOnce() - underWay);
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
              // One that failed may have been carried out: with its nonce kept, the next is
              // answered
              // with the same deliveries.
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
    underWay++;
    // Composed, so that a step that throws is one that failed.
    Future.succeededFuture()
        .compose(begin -> tryOnce(delivery))
        .onFailure(
            failure ->
                // Its lease ends, and it is tried again.
                log.warn(
                    "event=webhook_unsettled delivery={} error=\"{}\"",
                    delivery.lease().delivery(),
                    failure.getMessage()))
        .onComplete(
            done -> {
              underWay--;
              claim();
              completeIfDrained();
            });
  }

  private Future<LeaseReply> tryOnce(Delivery delivery) {
    long begin = System.nanoTime();
    return body(delivery)
        .compose(
            body ->
                // Composed, so that what throws is a try that failed.
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
   * Says how it went, again and again while Redis is away: who does not say so sends it twice. The
   * outbox knows a word that it has heard before.
   */
  private Future<LeaseReply> settle(Delivery delivery, Verdict verdict, long begin) {
    return outbox
        .settle(delivery.lease(), verdict.how(), verdict.settlement(), verdict.receiver())
        .recover(
            failure -> {
              if (since(begin).compareTo(draining ? LAST_PERSISTENCE : PERSISTENCE) > 0) {
                return Future.failedFuture(failure);
              }
              noteOutbox(failure);
              return vertx
                  .timer(REPEAT_MILLIS, TimeUnit.MILLISECONDS)
                  .compose(again -> settle(delivery, verdict, begin));
            });
  }

  /** The bytes of every try, which are kept before the first. */
  private Future<String> body(Delivery delivery) {
    if (delivery.body() != null) {
      return Future.succeededFuture(delivery.body());
    }
    return outbox
        .saveBody(delivery.lease(), WebhookBody.of(delivery, config.publicUrl()))
        .compose(
            kept ->
                kept.map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture("the lease was lost before the try")));
  }

  private Future<WebhookAnswer> send(Delivery delivery, String body) {
    if (delivery.keys().isEmpty()) {
      return Future.failedFuture(
          new WebhookFault("no_secret", "the secret that signs it is not there any more"));
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

  /** One that nobody thought of is a failed try, too: it must not come back for ever. */
  private static WebhookFault fault(Throwable failure) {
    if (failure instanceof WebhookFault known) {
      return known;
    }
    log.error("event=webhook_fault", failure);
    return new WebhookFault("internal", "the platform made a mistake; its log has the rest");
  }

  private static void report(Delivery delivery, Verdict verdict) {
    var how = verdict.how();
    if (verdict.settlement() instanceof Delivered) {
      log.info(
          "event=webhook_delivered delivery={} tenant={} try={} status={} took={}ms",
          delivery.lease().delivery(),
          delivery.tenant(),
          delivery.attempts(),
          how.status(),
          how.took() == null ? 0 : how.took().toMillis());
    } else {
      log.warn(
          "event={} delivery={} tenant={} try={} outcome={} reason=\"{}\"{}",
          verdict.settlement() instanceof Retry ? "webhook_failed" : "webhook_given_up",
          delivery.lease().delivery(),
          delivery.tenant(),
          delivery.attempts(),
          how.outcome(),
          how.message(),
          verdict.settlement() instanceof Retry retry
              ? " again_in=" + retry.after().toMillis() + "ms"
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
    if (draining && !claiming && underWay == 0) {
      drained.tryComplete();
    }
  }

  private static Duration since(long begin) {
    // Milliseconds: more is noise, and this stands in the log of the delivery.
    return Duration.ofMillis((System.nanoTime() - begin) / 1_000_000);
  }

  private static String newNonce() {
    return UUID.randomUUID().toString();
  }
}
