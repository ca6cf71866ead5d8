package dev.tintype.worker.webhook;

import static java.util.Objects.requireNonNull;

import dev.tintype.egress.AllowEntry;
import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.outbox.LoggedDelivery;
import dev.tintype.outbox.LoggedDelivery.State;
import dev.tintype.outbox.WebhookOutbox;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.job.EndedJobs;
import dev.tintype.redis.outbox.RedisDeliveryLog;
import dev.tintype.redis.outbox.RedisWebhookEndpoints;
import dev.tintype.redis.outbox.RedisWebhookOutbox;
import dev.tintype.redis.outbox.RedisWebhookOutbox.Limits;
import dev.tintype.redis.outbox.RedisWebhookSecrets;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.Fixtures;
import dev.tintype.webhook.SigningKey;
import dev.tintype.webhook.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A deliverer on a real Redis, and receivers on loopback. Only ::1 and names below receiver.example
 * may be dialled there.
 */
final class DeliveryRig implements AutoCloseable {
  static final Tenant TENANT = new Tenant("a");
  static final Duration SOON = Duration.ofSeconds(90);
  static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** A schedule without a noticeable pause. */
  static final RetrySchedule HASTY =
      new RetrySchedule(
          List.of(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)), 0);

  final Vertx vertx = Vertx.vertx();
  final RedisWebhookEndpoints endpoints;
  final RedisWebhookSecrets secrets;
  final RedisDeliveryLog log;
  private final EndedJobs jobs;
  private final RedisConnections redis;
  private final List<String> deployments = new ArrayList<>();
  private final String namespace = Fixtures.aNamespace();
  private final Map<String, ConcurrentLinkedDeque<String>> names = new ConcurrentHashMap<>();

  DeliveryRig(String redisUri) {
    redis = RedisConnections.connect(vertx, redisUri, Patience.FAIL_FAST).await();
    endpoints = new RedisWebhookEndpoints(redis, namespace);
    secrets = new RedisWebhookSecrets(redis, namespace);
    log = new RedisDeliveryLog(redis, namespace);
    jobs = new EndedJobs(redis, namespace);
    secrets.findOrCreate(TENANT, Webhook.DEFAULT_SECRET, KEY).await();
  }

  WebhookOutbox outbox(Duration lease) {
    return new RedisWebhookOutbox(
        redis,
        namespace,
        new Limits(
            lease,
            10,
            200,
            5,
            Duration.ofMillis(20),
            Duration.ofMillis(80),
            Duration.ofDays(7),
            20_000));
  }

  /** Starts a deliverer. */
  WebhookVerticle deliver(RetrySchedule schedule, Duration timeout) {
    return deliver(schedule, timeout, outbox(Duration.ofSeconds(30)), new HttpClientOptions());
  }

  WebhookVerticle deliver(
      RetrySchedule schedule, Duration timeout, WebhookOutbox outbox, HttpClientOptions tls) {
    var verticle =
        new WebhookVerticle(
            new WebhookConfig(schedule, timeout, 500, "https://shots.example"),
            outbox,
            policy(),
            InstantSource.system(),
            tls);
    deployments.add(vertx.deployVerticle(verticle).await());
    return verticle;
  }

  EgressPolicy policy() {
    return new EgressPolicy(
        EgressMode.PUBLIC,
        List.of(AllowEntry.parse("*.receiver.example"), AllowEntry.parse("::1")),
        this::resolve);
  }

  /** What a name resolves to: each answer once, the last for ever. */
  void name(String host, String... addresses) {
    names.put(host, new ConcurrentLinkedDeque<>(Arrays.asList(addresses)));
  }

  /** Rotates until the first key has expired. */
  void rotateTheFirstOut() {
    for (int seed = 2; seed <= 5; seed++) {
      String key = SigningKey.random(new Random(seed)).text();
      secrets.rotate(TENANT, Webhook.DEFAULT_SECRET, key, Duration.ofHours(1)).await();
    }
  }

  JobId end(String url) {
    return end(url, "{}");
  }

  JobId end(String url, String metadata) {
    var webhook = new Webhook(url, Webhook.ALL_EVENTS, Webhook.DEFAULT_SECRET);
    return jobs.end(TENANT, JobState.SUCCEEDED, webhook, metadata);
  }

  JobId endForEndpoints() {
    return jobs.end(TENANT, JobState.SUCCEEDED, null);
  }

  /** The only delivery of a job, as soon as it is in this state. */
  LoggedDelivery delivery(JobId job, State state) {
    return Eventually.succeeds(
        "the delivery of " + job + " is " + state,
        SOON,
        () -> {
          LoggedDelivery delivery = log.listOfJob(job).await().get(0);
          if (delivery.state() != state) {
            throw new IllegalStateException("it is " + delivery.state() + delivery.attempts());
          }
          return delivery;
        });
  }

  List<String> outcomes(LoggedDelivery delivery) {
    return delivery.attempts().stream().map(entry -> entry.result().outcome()).toList();
  }

  private Future<List<InetAddress>> resolve(String host) {
    if (host.endsWith(".receiver.example")) {
      return Future.succeededFuture(List.of(address("127.0.0.1")));
    }
    ConcurrentLinkedDeque<String> answers = names.get(host);
    if (answers == null) {
      return Future.failedFuture(new UnknownHostException(host));
    }
    String answer = answers.size() > 1 ? answers.poll() : answers.peek();
    return Future.succeededFuture(List.of(address(requireNonNull(answer))));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    deployments.forEach(deployment -> vertx.undeploy(deployment).await());
    redis.close().await();
    vertx.close().await();
  }

  /** Accepts what is posted, and responds as the test wants. */
  static final class Receiver {
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final int port;

    Receiver(Vertx vertx, Consumer<HttpServerRequest> answers) {
      this(vertx, "127.0.0.1", answers);
    }

    Receiver(Vertx vertx, String address, Consumer<HttpServerRequest> answers) {
      port =
          vertx
              .createHttpServer()
              .requestHandler(
                  request ->
                      request
                          .body()
                          .onSuccess(
                              body -> {
                                calls.add(
                                    new Call(request.path(), headers(request), body.toString()));
                                answers.accept(request);
                              }))
              .listen(0, address)
              .await()
              .actualPort();
    }

    String url(String host) {
      return "http://" + host + ".receiver.example:" + port + "/hook?x=1";
    }

    int port() {
      return port;
    }

    Call next() throws InterruptedException {
      return requireNonNull(calls.poll(SOON.toSeconds(), TimeUnit.SECONDS), "a call");
    }

    int more() {
      return calls.size();
    }

    private static Map<String, List<String>> headers(HttpServerRequest request) {
      Map<String, List<String>> headers = new ConcurrentHashMap<>();
      request.headers().forEach(header -> headers.put(header.getKey(), List.of(header.getValue())));
      return headers;
    }
  }

  record Call(String path, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }
}
