package dev.tintype.server;

import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.queue.Retention;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.connection.RedisFacts;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.RedisJobEvents;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisUpkeep;
import dev.tintype.redis.outbox.RedisWebhookOutbox;
import dev.tintype.worker.UpkeepVerticle;
import dev.tintype.worker.WorkerConfig;
import dev.tintype.worker.WorkerVerticle;
import dev.tintype.worker.browser.BrowserLaunch;
import dev.tintype.worker.browser.BrowserSettings;
import dev.tintype.worker.capture.PlaywrightPhotographer;
import dev.tintype.worker.egress.EgressProxy;
import dev.tintype.worker.webhook.WebhookConfig;
import dev.tintype.worker.webhook.WebhookVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker, put together. */
final class WorkerProcess {
  private final RedisConnections redis;
  private final Vertx vertx;
  private final WorkerVerticle worker;
  private final WebhookVerticle webhooks;
  private final List<String> deployments;

  private WorkerProcess(
      RedisConnections redis,
      Vertx vertx,
      WorkerVerticle worker,
      WebhookVerticle webhooks,
      List<String> deployments) {
    this.redis = redis;
    this.vertx = vertx;
    this.worker = worker;
    this.webhooks = webhooks;
    this.deployments = deployments;
  }

  /** Blocks until every browser has rendered its first page. */
  static WorkerProcess start(
      Vertx vertx,
      WorkerConfig config,
      WebhookConfig webhookConfig,
      String redisUri,
      String namespace,
      RetentionOptions retention,
      int capturesPerHost,
      EgressPolicy egress,
      EgressMode mode,
      @Nullable Path browser) {
    Driver.prepare();
    RedisConnections redis = Connecting.toRedis(vertx, redisUri, Patience.PATIENT);
    Retention kept = retention.in(RedisFacts.of(redis).await());
    var launch = new BrowserLaunch(BrowserSettings.defaults().withExecutable(browser));
    var verticle =
        new WorkerVerticle(
            config,
            new RedisJobQueue(redis, namespace, RedisJobQueue.DEFAULT_LEASE, capturesPerHost),
            new RedisJobEvents(redis, namespace),
            new RedisImageStore(redis, namespace),
            name ->
                PlaywrightPhotographer.start(
                    vertx,
                    name,
                    launch,
                    // Where nothing is refused, there is nothing to ask a proxy.
                    mode == EgressMode.ANY ? null : new EgressProxy(vertx, egress),
                    System::nanoTime));
    var upkeep =
        new UpkeepVerticle(new RedisUpkeep(redis, namespace, kept, RedisJobQueue.DEFAULT_LEASE));
    var webhooks =
        new WebhookVerticle(
            webhookConfig,
            new RedisWebhookOutbox(redis, namespace, RedisWebhookOutbox.Limits.DEFAULT),
            egress,
            InstantSource.system());
    try {
      List<String> deployments = new ArrayList<>();
      for (Deployable each : List.of(upkeep, webhooks, verticle)) {
        deployments.add(vertx.deployVerticle(each).await());
      }
      return new WorkerProcess(redis, vertx, verticle, webhooks, deployments);
    } catch (Exception e) { // Vert.x throws checked ones through await.
      throw new StartException(
          "no browser starts: " + e.getMessage() + "; `tintype doctor` says more", e);
    }
  }

  /**
   * The longest that {@link #stop} takes unless something hangs: after the grace come two commands
   * to Redis (each at most 10 s for a connection and 10 s for its answer) and the end of the
   * browsers (5 s).
   */
  static Duration stopLimit(WorkerConfig config) {
    return config.grace().plusSeconds(50);
  }

  /**
   * Lets tries of webhooks end and captures finish within the grace, gives the rest back, and
   * closes everything.
   */
  Future<?> stop() {
    return Future.join(worker.drain(), webhooks.drain())
        .eventually(() -> Future.join(deployments.stream().map(vertx::undeploy).toList()))
        .eventually(redis::close);
  }
}
