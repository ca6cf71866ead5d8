package dev.tintype.redis;

import dev.tintype.queue.JobQueue;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.QueueUpkeep;
import dev.tintype.redis.RedisConnections.Patience;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.JobQueueContract;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract over one Redis, which a subclass chooses. */
abstract class RedisQueueContract extends JobQueueContract {
  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private RedisConnections redis;

  abstract String uri();

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, uri(), Patience.FAIL_FAST).await();
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    vertx.close().await();
  }

  RedisConnections redis() {
    return redis;
  }

  @Override
  protected JobStore store() {
    return new RedisJobStore(redis(), namespace);
  }

  @Override
  protected JobQueue queue() {
    return queueWithLeasesOf(Duration.ofMinutes(10));
  }

  @Override
  protected JobQueue queueWithLeasesOf(Duration lease) {
    return new RedisJobQueue(redis(), namespace, new QueueTimes(lease, Duration.ofMinutes(10)));
  }

  @Override
  protected QueueUpkeep upkeep() {
    return new RedisUpkeep(redis(), namespace, QueueTimes.DEFAULT);
  }
}
