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
 * Connects to Redis when a process starts. In a compose file or a cluster everything starts at the
 * same time, and Redis may be the last to be ready.
 */
final class RedisConnector {
  private static final Logger log = LoggerFactory.getLogger(RedisConnector.class);
  private static final int ATTEMPTS = 30;

  private RedisConnector() {}

  /** Blocks; one attempt per second. */
  static RedisConnections connect(Vertx vertx, RedisConfig redis, Patience patience) {
    for (int attempt = 1; ; attempt++) {
      try {
        return RedisConnections.connect(vertx, redis.uri(), patience).await();
      } catch (QueueUnavailableException e) {
        if (attempt == ATTEMPTS) {
          throw new StartException(
              e.getMessage()
                  + " after "
                  + ATTEMPTS
                  + " attempts; start Redis, or give another address with --redis",
              e);
        }
        log.warn(
            "event=redis_away attempt={} of={} error=\"{}\"", attempt, ATTEMPTS, e.getMessage());
        vertx.timer(1, TimeUnit.SECONDS).await();
      } catch (IllegalArgumentException e) {
        throw new StartException("--redis is not a valid address: " + e.getMessage(), e);
      }
    }
  }

  /** Reports settings of Redis that would lose jobs later. */
  static void report(RedisFacts facts, RedisConfig redis) {
    if (facts.evicts()) {
      log.error(
          "event=redis_evicts policy={} note=\"at its memory limit this Redis deletes jobs and images; set maxmemory-policy noeviction\"",
          facts.maxmemoryPolicy());
    }
    // The embedded Redis shares the machine with its browsers; its limit is --retention-bytes.
    if (facts.maxMemoryBytes() == 0 && !redis.embedded()) {
      log.warn(
          "event=redis_without_memory_limit note=\"this Redis grows until the system kills it; set maxmemory, so that it refuses new jobs instead\"");
    }
  }
}
