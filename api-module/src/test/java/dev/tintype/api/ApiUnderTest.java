package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.access.Tenants;
import dev.tintype.api.http.EventStreams;
import dev.tintype.api.http.Waiter;
import dev.tintype.egress.AllowEntry;
import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.egress.JdkHostResolver;
import dev.tintype.image.ImageStore;
import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.json.Json;
import dev.tintype.outbox.WebhookOutbox;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.QueueUpkeep;
import dev.tintype.queue.Retention;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.EndedJobs;
import dev.tintype.redis.job.RedisBatchStore;
import dev.tintype.redis.job.RedisJobEvents;
import dev.tintype.redis.job.RedisJobList;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.redis.job.RedisTenantEvents;
import dev.tintype.redis.job.RedisUpkeep;
import dev.tintype.redis.outbox.RedisDeliveryLog;
import dev.tintype.redis.outbox.RedisWebhookEndpoints;
import dev.tintype.redis.outbox.RedisWebhookOutbox;
import dev.tintype.redis.outbox.RedisWebhookSecrets;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A real API on a free port over a namespace of its own; the test plays the worker. Every answer is
 * held against the OpenAPI document.
 */
final class ApiUnderTest implements AutoCloseable {
  static final Duration MAX_WAIT = Duration.ofSeconds(2);
  static final int MAX_WAITING = 3_000;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final RedisConnections redis;
  private final String namespace = Fixtures.aNamespace();
  private final BlockingQueue<String> waits = new LinkedBlockingQueue<>();
  private final AtomicLong imagesRead = new AtomicLong();
  private final ApiVerticle api;
  private final String deployment;
  private final int port;

  ApiUnderTest(String redisUri) {
    this(redisUri, Tenants.ONE);
  }

  ApiUnderTest(String redisUri, Tenants tenants) {
    this(redisUri, tenants, MAX_WAIT);
  }

  ApiUnderTest(String redisUri, Tenants tenants, Duration maxWait) {
    this(redisUri, tenants, maxWait, InstantSource.system());
  }

  ApiUnderTest(String redisUri, Tenants tenants, Duration maxWait, InstantSource clock) {
    redis = RedisConnections.connect(vertx, redisUri, Patience.FAIL_FAST).await();
    api =
        new ApiVerticle(
            new ApiConfig("127.0.0.1", 0, maxWait, tenants),
            new ApiSeams(
                store(),
                new RedisJobList(redis, namespace),
                batches(),
                noticing(new RedisJobEvents(redis, namespace)),
                new RedisTenantEvents(redis, namespace),
                new CountedImages(images(), imagesRead),
                new RedisWebhookEndpoints(redis, namespace),
                new RedisWebhookSecrets(redis, namespace),
                new RedisDeliveryLog(redis, namespace)),
            new EgressPolicy(
                EgressMode.PUBLIC,
                List.of(AllowEntry.parse("example.com")),
                new JdkHostResolver(vertx)),
            clock);
    deployment = vertx.deployVerticle(api).await();
    port = api.port();
  }

  /** All that it answers to. */
  List<Route> routes() {
    return api.router(new Waiter(vertx), new EventStreams(vertx, MAX_WAIT)).getRoutes();
  }

  private RedisBatchStore batches() {
    return new RedisBatchStore(redis, namespace, MAX_WAITING);
  }

  private RedisJobStore store() {
    return new RedisJobStore(redis, namespace, MAX_WAITING);
  }

  JobQueue worker() {
    return new RedisJobQueue(redis, namespace, RedisJobQueue.DEFAULT_LEASE, 100);
  }

  QueueUpkeep upkeep() {
    return new RedisUpkeep(
        redis,
        namespace,
        new RedisImageStore(redis, namespace),
        Retention.ofAge(Duration.ofDays(1)),
        RedisJobQueue.DEFAULT_LEASE);
  }

  ImageStore images() {
    return new RedisImageStore(redis, namespace);
  }

  WebhookOutbox outbox() {
    return new RedisWebhookOutbox(redis, namespace, RedisWebhookOutbox.Limits.DEFAULT);
  }

  /** A job of the one tenant that ends now, which its endpoints are told. */
  JobId end() {
    return endJob(Tenant.DEFAULT, JobState.SUCCEEDED);
  }

  JobId endJob(Tenant tenant, JobState state) {
    return new EndedJobs(redis, namespace).end(tenant, state, null);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port).resolve(path));
  }

  Answer get(String path, String... headers) {
    var request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  Answer post(String body, String... headers) {
    var request = request("/v1/jobs").POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** Sends a body, which may be empty, with any method to any address. */
  Answer call(String method, String path, String body) {
    return send(request(path).method(method, BodyPublishers.ofString(body)).build());
  }

  Answer cancel(JobId id) {
    return send(request("/v1/jobs/" + id + "/cancel").POST(BodyPublishers.noBody()).build());
  }

  Answer delete(JobId id) {
    return send(request("/v1/jobs/" + id).DELETE().build());
  }

  Assignment claim() {
    return worker().claim(QueueAccess.WORKER, QueueAccess.nonce()).await().orElseThrow();
  }

  /** Posts a capture that will be accepted. */
  JobId submit() {
    return new JobId(post("{\"html\": \"<p>hello\"}").json().path("id").textValue());
  }

  Answer send(HttpRequest request) {
    return sendBy(client, request);
  }

  Answer sendBy(HttpClient client, HttpRequest request) {
    try {
      return asDocumented(client.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks, and leaves it to the test to read the answer's body, and how fast. */
  InputStream begin(String path) throws IOException {
    return connection(path).getInputStream();
  }

  /** A connection that takes little at a time, for a test that says itself what goes over it. */
  Socket connect(int receiveBufferBytes) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(receiveBufferBytes);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  /** Not yet connected. */
  URLConnection connection(String path) throws IOException {
    return URI.create("http://127.0.0.1:" + port).resolve(path).toURL().openConnection();
  }

  /** How many parts of images have been read from the store. */
  long partsRead() {
    return imagesRead.get();
  }

  CompletableFuture<Answer> sendAsync(HttpRequest request) {
    return client
        .sendAsync(request, BodyHandlers.ofByteArray())
        .thenApply(ApiUnderTest::asDocumented);
  }

  private static Answer asDocumented(HttpResponse<byte[]> response) {
    Exchange.of(response).assertAsDocumented();
    return new Answer(response);
  }

  /** Sends bytes as they are, and returns all that comes until the server closes. */
  String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Exchange.ofText(request, answer).ifPresent(Exchange::assertAsDocumented);
      return answer;
    }
  }

  /** Returns when somebody has begun to wait for a job, a batch, or any job of a tenant. */
  void awaitWait() throws InterruptedException {
    assertThat(waits.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  private JobEvents noticing(JobEvents events) {
    return new JobEvents() {
      @Override
      public Registration onFinished(JobId id, Runnable listener) {
        Registration registration = events.onFinished(id, listener);
        waits.add(id.value());
        return registration;
      }

      @Override
      public Registration onFinished(BatchId id, Runnable listener) {
        Registration registration = events.onFinished(id, listener);
        waits.add(id.value());
        return registration;
      }

      @Override
      public Registration onQueued(Runnable listener) {
        return events.onQueued(listener);
      }

      @Override
      public Registration onEvent(Tenant tenant, Runnable listener) {
        Registration registration = events.onEvent(tenant, listener);
        waits.add(tenant.name());
        return registration;
      }
    };
  }

  /** As an order to stop does it. */
  void undeploy() {
    vertx.undeploy(deployment).await();
  }

  @Override
  public void close() {
    redis.close().await();
    vertx.close().await();
  }

  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    JobId job() {
      return new JobId(json().path("id").textValue());
    }

    String code() {
      return json().path("code").textValue();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return Json.read(text(), JsonNode.class);
    }

    byte[] bytes() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }
}
