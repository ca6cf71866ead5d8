package dev.tintype.cli;

import dev.tintype.api.ApiConfig;
import dev.tintype.api.ApiSeams;
import dev.tintype.api.ApiVerticle;
import dev.tintype.api.access.Tenants;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.egress.AllowEntry;
import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.egress.JdkHostResolver;
import dev.tintype.job.BatchId;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.DeliveryAttempt;
import dev.tintype.outbox.Settlement;
import dev.tintype.outbox.Settlement.Delivered;
import dev.tintype.outbox.Settlement.GivenUp;
import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobEvents;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.RedisBatchStore;
import dev.tintype.redis.job.RedisJobEvents;
import dev.tintype.redis.job.RedisJobList;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.redis.job.RedisTenantEvents;
import dev.tintype.redis.outbox.RedisDeliveryLog;
import dev.tintype.redis.outbox.RedisWebhookEndpoints;
import dev.tintype.redis.outbox.RedisWebhookOutbox;
import dev.tintype.redis.outbox.RedisWebhookSecrets;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A real API over a real Redis, on a port that outlives it; the test plays the worker. */
final class ServerUnderTest implements AutoCloseable {
  static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0, -1};

  private final Vertx vertx = Vertx.vertx();
  private final RedisConnections redis;
  private final String namespace = Fixtures.aNamespace();
  private final Path folder;
  private final List<Thread> workers = new ArrayList<>();
  private final Semaphore followers = new Semaphore(0);
  private volatile boolean closed;
  private String deployment = "";
  private int port;

  ServerUnderTest(String redisUri, Path folder) {
    this.folder = folder;
    redis = RedisConnections.connect(vertx, redisUri, Patience.FAIL_FAST).await();
    start();
  }

  void start() {
    var api =
        new ApiVerticle(
            new ApiConfig("127.0.0.1", port, Duration.ofSeconds(2), Tenants.ONE),
            new ApiSeams(
                new RedisJobStore(redis, namespace, 1_000),
                new RedisJobList(redis, namespace),
                new RedisBatchStore(redis, namespace, 1_000),
                noticing(new RedisJobEvents(redis, namespace)),
                new RedisTenantEvents(redis, namespace),
                new RedisImageStore(redis, namespace),
                new RedisWebhookEndpoints(redis, namespace),
                new RedisWebhookSecrets(redis, namespace),
                new RedisDeliveryLog(redis, namespace)),
            new EgressPolicy(
                EgressMode.PUBLIC,
                List.of(AllowEntry.parse("example.com")),
                new JdkHostResolver(vertx)),
            InstantSource.system());
    deployment = vertx.deployVerticle(api).await();
    port = api.port();
  }

  /** Returns when so many have begun to follow all jobs. */
  void awaitFollowers(int count) {
    try {
      if (!followers.tryAcquire(count, 20, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody follows");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JobEvents noticing(JobEvents events) {
    return new JobEvents() {
      @Override
      public Registration onFinished(JobId id, Runnable listener) {
        return events.onFinished(id, listener);
      }

      @Override
      public Registration onFinished(BatchId id, Runnable listener) {
        return events.onFinished(id, listener);
      }

      @Override
      public Registration onQueued(Runnable listener) {
        return events.onQueued(listener);
      }

      @Override
      public Registration onEvent(Tenant tenant, Runnable listener) {
        Registration registration = events.onEvent(tenant, listener);
        followers.release();
        return registration;
      }
    };
  }

  void vanish() {
    vertx.undeploy(deployment).await();
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  Map<String, String> environment() {
    return Map.of("TINTYPE_SERVER", address());
  }

  /** A command that knows this server by its environment, and is under way. */
  Run run(String... arguments) {
    return Run.prepare(folder, environment(), "", false, Run.IMPATIENT).start(arguments);
  }

  /** Lets time pass, for what is brought about by nothing else. */
  void rest(Duration time) {
    vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).await();
  }

  /** The next job, as soon as there is one. */
  Assignment claim() {
    var queue = queue();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < Duration.ofSeconds(10).toNanos()) {
      Optional<Assignment> assignment =
          queue.claim(QueueAccess.WORKER, "nonce-" + Fixtures.aJobId()).await();
      if (assignment.isPresent()) {
        return assignment.get();
      }
      vertx.timer(10).await();
    }
    throw new AssertionError("no job was submitted");
  }

  CaptureSpec complete(String... warnings) {
    return complete(claim(), warnings);
  }

  CaptureSpec complete(Assignment assignment, String... warnings) {
    String key = "image-" + Fixtures.aJobId();
    new RedisImageStore(redis, namespace)
        .put(key, Buffer.buffer(IMAGE), Duration.ofMinutes(5))
        .await();
    List<Warning> list = new ArrayList<>();
    for (String warning : warnings) {
      list.add(new Warning("some_code", warning));
    }
    var image =
        new Image(
            Image.DEFAULT_NAME,
            key,
            assignment.spec().format().type(),
            IMAGE.length,
            "0".repeat(64),
            1280,
            800);
    var result =
        new CaptureResult(List.of(image), "https://example.com/", 200, "Example", List.of(), list);
    queue().complete(assignment.lease(), result).await();
    return assignment.spec();
  }

  /** Completes the next job: its page answered with a status, and has an image of each name. */
  JobId completeWith(int status, String... names) {
    Assignment assignment = claim();
    if (names.length > 1) {
      queue().reserveImages(assignment.lease(), names.length).await();
    }
    List<Image> stored = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      new RedisImageStore(redis, namespace)
          .put(assignment.imageKey(i), Buffer.buffer(names[i]), Duration.ofMinutes(5))
          .await();
      stored.add(Fixtures.anImage(names[i], assignment.imageKey(i), names[i].length()));
    }
    var result =
        new CaptureResult(stored, "https://example.com/", status, "Example", List.of(), List.of());
    queue().complete(assignment.lease(), result).await();
    return assignment.lease().job();
  }

  /** Has every job done as soon as it is there, until the server is closed. */
  List<CaptureSpec> completeEverything() {
    List<CaptureSpec> done = Collections.synchronizedList(new ArrayList<>());
    var worker =
        new Thread(
            () -> {
              while (!closed) {
                Optional<Assignment> assignment =
                    queue().claim(QueueAccess.WORKER, "nonce-" + Fixtures.aJobId()).await();
                if (assignment.isPresent()) {
                  done.add(complete(assignment.get()));
                } else {
                  vertx.timer(5).await();
                }
              }
            },
            "worker");
    worker.start();
    workers.add(worker);
    return done;
  }

  void cancel(JobId id) {
    new RedisJobStore(redis, namespace, 1_000).cancel(id).await();
  }

  JobId fail(FailureCode code, String message) {
    Assignment assignment = claim();
    queue().fail(assignment.lease(), new Failure(code, message), Optional.empty()).await();
    return assignment.lease().job();
  }

  /** The next webhook, as soon as there is one. */
  Delivery claimDelivery() {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < Duration.ofSeconds(10).toNanos()) {
      List<Delivery> deliveries = outbox().claim("nonce-" + Fixtures.aJobId(), 1).await();
      if (!deliveries.isEmpty()) {
        return deliveries.get(0);
      }
      vertx.timer(10).await();
    }
    throw new AssertionError("there was nothing to deliver");
  }

  /** The next webhook is taken by its receiver. */
  Delivery deliver() {
    return settle(
        new DeliveryAttempt("delivered", "accepted by the receiver", 204, Duration.ofMillis(7), ""),
        new Delivered());
  }

  /** The next webhook is refused by its receiver, for the last time. */
  Delivery giveUp() {
    return giveUp("the receiver answered 500");
  }

  Delivery giveUp(String message) {
    return settle(
        new DeliveryAttempt("status", message, 500, Duration.ofMillis(7), "oops"),
        new GivenUp(false));
  }

  private Delivery settle(DeliveryAttempt how, Settlement settlement) {
    Delivery delivery = claimDelivery();
    outbox().settle(delivery.lease(), how, settlement, ReceiverState.HEALTHY).await();
    return delivery;
  }

  private RedisWebhookOutbox outbox() {
    return new RedisWebhookOutbox(redis, namespace, RedisWebhookOutbox.Limits.DEFAULT);
  }

  private RedisJobQueue queue() {
    return new RedisJobQueue(redis, namespace, RedisJobQueue.DEFAULT_LEASE, 100);
  }

  @Override
  public void close() {
    closed = true;
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    redis.close().await();
    vertx.close().await();
  }
}
