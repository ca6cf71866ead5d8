package dev.tintype.server;

import dev.tintype.api.ApiConfig;
import dev.tintype.api.ApiSeams;
import dev.tintype.api.ApiVerticle;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.connection.RedisFacts;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.RedisBatchStore;
import dev.tintype.redis.job.RedisJobEvents;
import dev.tintype.redis.job.RedisJobList;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.redis.job.RedisTenantEvents;
import dev.tintype.redis.outbox.RedisDeliveryLog;
import dev.tintype.redis.outbox.RedisWebhookEndpoints;
import dev.tintype.redis.outbox.RedisWebhookSecrets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of an API process: Redis connections and one API verticle per event loop. */
final class ApiProcess {
  private static final Logger log = LoggerFactory.getLogger(ApiProcess.class);

  /** The server gives open requests 10 s; then the connections to Redis close. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final RedisConnections redis;
  private final Vertx vertx;
  private final List<String> deployments;
  private final int port;

  private ApiProcess(RedisConnections redis, Vertx vertx, List<String> deployments, int port) {
    this.redis = redis;
    this.vertx = vertx;
    this.deployments = deployments;
    this.port = port;
  }

  /** Blocks until the API listens. */
  static ApiProcess start(Vertx vertx, RedisConfig at, ApiProcessConfig config) {
    RedisConnections redis = RedisConnector.connect(vertx, at, Patience.FAIL_FAST);
    ApiSeams seams = seams(redis, at.namespace(), config.maxWaiting());
    EgressPolicy egress = config.egress().policy(vertx);
    ApiConfig http = config.http();
    // Only the verticle that picked a free port knows it, so that the others could not share it.
    int instances = http.port() == 0 ? 1 : Runtime.getRuntime().availableProcessors();
    List<String> deployments = new ArrayList<>();
    int port = http.port();
    try {
      for (int i = 0; i < instances; i++) {
        var verticle = new ApiVerticle(http, seams, egress, InstantSource.system());
        deployments.add(vertx.deployVerticle(verticle).await());
        port = verticle.port();
      }
    } catch (Exception e) { // Vert.x throws checked ones through await.
      throw new StartException(
          "cannot listen on %s:%d: %s; choose another address with --host or --port"
              .formatted(http.host(), http.port(), e.getMessage()),
          e);
    }
    log.info("event=api_listening host={} port={} event_loops={}", http.host(), port, instances);
    return new ApiProcess(redis, vertx, deployments, port);
  }

  private static ApiSeams seams(RedisConnections redis, String namespace, int maxWaiting) {
    return new ApiSeams(
        new RedisJobStore(redis, namespace, maxWaiting),
        new RedisJobList(redis, namespace),
        new RedisBatchStore(redis, namespace, maxWaiting),
        new RedisJobEvents(redis, namespace),
        new RedisTenantEvents(redis, namespace),
        new RedisImageStore(redis, namespace),
        new RedisWebhookEndpoints(redis, namespace),
        new RedisWebhookSecrets(redis, namespace),
        new RedisDeliveryLog(redis, namespace));
  }

  int port() {
    return port;
  }

  /** Reports settings of Redis that would lose jobs later. */
  void reportRedis(RedisConfig at) {
    RedisConnector.report(RedisFacts.of(redis).await(), at);
  }

  Future<?> stop() {
    return Future.join(deployments.stream().map(vertx::undeploy).toList()).eventually(redis::close);
  }
}
