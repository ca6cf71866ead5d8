package dev.tintype.server;

import dev.tintype.capture.field.Durations;
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
import dev.tintype.worker.webhook.WebhookVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a worker process: browsers, webhook deliveries and upkeep of the queue. */
final class WorkerProcess {
  private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);

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
  static WorkerProcess start(Vertx vertx, RedisConfig at, WorkerProcessConfig config) {
    DriverCache.prepare();
    RedisConnections redis = RedisConnector.connect(vertx, at, Patience.PATIENT);
    String namespace = at.namespace();
    EgressPolicy egress = config.egress().policy(vertx);
    RedisFacts facts = RedisFacts.of(redis).await();
    RedisConnector.report(facts, at);
    Retention retention = config.retention().on(facts);
    log.info(
        "event=retention age={} jobs={} bytes={} tenant_jobs={} tenant_bytes={}",
        Durations.spell(retention.age()),
        retention.count(),
        retention.bytes(),
        retention.tenantCount(),
        retention.tenantBytes());
    var worker =
        new WorkerVerticle(
            config.worker(),
            new RedisJobQueue(
                redis, namespace, RedisJobQueue.DEFAULT_LEASE, config.capturesPerHost()),
            new RedisJobEvents(redis, namespace),
            new RedisImageStore(redis, namespace),
            photographers(vertx, config, egress));
    var upkeep =
        new UpkeepVerticle(
            new RedisUpkeep(
                redis,
                namespace,
                new RedisImageStore(redis, namespace),
                retention,
                RedisJobQueue.DEFAULT_LEASE));
    var webhooks =
        new WebhookVerticle(
            config.webhooks(),
            new RedisWebhookOutbox(redis, namespace, RedisWebhookOutbox.Limits.DEFAULT),
            egress,
            InstantSource.system());
    try {
      List<String> deployments = new ArrayList<>();
      for (Deployable each : List.of(upkeep, webhooks, worker)) {
        deployments.add(vertx.deployVerticle(each).await());
      }
      return new WorkerProcess(redis, vertx, worker, webhooks, deployments);
    } catch (Exception e) { // Vert.x throws checked ones through await.
      throw new StartException(
          "cannot start a browser: "
              + PlaywrightMessage.of(e)
              + "; `tintype doctor` checks this machine",
          e);
    }
  }

  /**
   * Makes a browser with an egress proxy of its own, so that a refused address belongs to one job.
   * Where every address is allowed there is no proxy.
   */
  private static WorkerVerticle.PhotographerFactory photographers(
      Vertx vertx, WorkerProcessConfig config, EgressPolicy egress) {
    var launch = new BrowserLaunch(BrowserSettings.defaults().withExecutable(config.browser()));
    boolean isUnrestricted = config.egress().mode() == EgressMode.ANY;
    return name ->
        PlaywrightPhotographer.start(
            vertx,
            name,
            launch,
            isUnrestricted ? null : new EgressProxy(vertx, egress),
            System::nanoTime);
  }

  /**
   * The longest time that {@link #stop} takes if nothing hangs: the grace, two commands to Redis
   * (each at most 10 s for a connection and 10 s for the reply) and the end of the browsers (5 s).
   */
  static Duration stopLimit(WorkerConfig config) {
    return config.grace().plusSeconds(50);
  }

  /**
   * Lets running webhook attempts and captures finish within the grace, returns the other jobs to
   * the queue, and closes everything.
   */
  Future<?> stop() {
    return Future.join(worker.drain(), webhooks.drain())
        .eventually(() -> Future.join(deployments.stream().map(vertx::undeploy).toList()))
        .eventually(redis::close);
  }
}
