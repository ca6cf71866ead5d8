package dev.tintype.server;

import dev.tintype.queue.QueueUnavailableException;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.connection.RedisFacts;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds Redis at start. In a compose file or a cluster everything starts at once, and Redis may be
 * last.
 */
final class Connecting {
  private static final Logger log = LoggerFactory.getLogger(Connecting.class);
  private static final int TRIES = 30;

  private Connecting() {}

  /** Blocks, with a try a second. */
  static RedisConnections toRedis(Vertx vertx, String uri, Patience patience) {
    for (int trial = 1; ; trial++) {
      try {
        return watched(RedisConnections.connect(vertx, uri, patience).await());
      } catch (QueueUnavailableException e) {
        if (trial == TRIES) {
          throw new StartException(
              e.getMessage() + " after " + TRIES + " tries; start it, or name another with --redis",
              e);
        }
        log.warn("event=redis_away try={} of={} error=\"{}\"", trial, TRIES, e.getMessage());
        vertx.timer(1, TimeUnit.SECONDS).await();
      } catch (IllegalArgumentException e) {
        throw new StartException("--redis is no address of a Redis: " + e.getMessage(), e);
      }
    }
  }

  /** One line for what would lose jobs later. */
  private static RedisConnections watched(RedisConnections redis) {
    RedisFacts facts = RedisFacts.of(redis).await();
    if (facts.evicts()) {
      log.error(
          "event=redis_evicts policy={} note=\"at its memory limit this Redis deletes jobs and images; set maxmemory-policy noeviction\"",
          facts.maxmemoryPolicy());
    }
    return redis;
  }
}
