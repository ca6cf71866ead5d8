package dev.tintype.server;

import dev.tintype.api.ApiConfig;
import dev.tintype.api.ApiSeams;
import dev.tintype.api.ApiVerticle;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
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

/** The API, put together. */
final class ApiProcess {
  /** Its server gives open answers 10 s, and Redis closes after it. */
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
  static ApiProcess start(
      Vertx vertx,
      ApiConfig config,
      String redisUri,
      String namespace,
      int maxWaiting,
      EgressPolicy egress) {
    RedisConnections redis = Connecting.toRedis(vertx, redisUri, Patience.FAIL_FAST);
    var seams =
        new ApiSeams(
            new RedisJobStore(redis, namespace, maxWaiting),
            new RedisJobList(redis, namespace),
            new RedisBatchStore(redis, namespace, maxWaiting),
            new RedisJobEvents(redis, namespace),
            new RedisTenantEvents(redis, namespace),
            new RedisImageStore(redis, namespace),
            new RedisWebhookEndpoints(redis, namespace),
            new RedisWebhookSecrets(redis, namespace),
            new RedisDeliveryLog(redis, namespace));
    // A free port is known only to the verticle that has found it.
    int instances = config.port() == 0 ? 1 : Runtime.getRuntime().availableProcessors();
    List<String> deployments = new ArrayList<>();
    int port = config.port();
    try {
      for (int i = 0; i < instances; i++) {
        var verticle = new ApiVerticle(config, seams, egress, InstantSource.system());
        deployments.add(vertx.deployVerticle(verticle).await());
        port = verticle.port();
      }
    } catch (Exception e) { // Vert.x throws checked ones through await.
      throw new StartException(
          "cannot listen on "
              + config.host()
              + ":"
              + config.port()
              + ": "
              + e.getMessage()
              + "; choose another with --port",
          e);
    }
    return new ApiProcess(redis, vertx, deployments, port);
  }

  int port() {
    return port;
  }

  Future<?> stop() {
    return Future.join(deployments.stream().map(vertx::undeploy).toList()).eventually(redis::close);
  }
}
