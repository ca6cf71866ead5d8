package dev.tintype.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.image.ImageStore;
import dev.tintype.queue.BatchStore;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobList;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.QueueUpkeep;
import dev.tintype.queue.Retention;
import dev.tintype.queue.TenantEvents;
import dev.tintype.redis.RedisConnections.Patience;
import dev.tintype.testing.AnnouncementContract;
import dev.tintype.testing.BatchContract;
import dev.tintype.testing.CancelContract;
import dev.tintype.testing.FairnessContract;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.HostLimitContract;
import dev.tintype.testing.IdempotencyContract;
import dev.tintype.testing.JobListContract;
import dev.tintype.testing.JobQueueContract;
import dev.tintype.testing.LimitsContract;
import dev.tintype.testing.RetentionContract;
import dev.tintype.testing.RetryContract;
import dev.tintype.testing.ScheduleContract;
import dev.tintype.testing.TenantEventsContract;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract over one Redis, which a subclass chooses. */
abstract class RedisQueueContract extends JobQueueContract
    implements RetryContract,
        ScheduleContract,
        CancelContract,
        IdempotencyContract,
        LimitsContract,
        HostLimitContract,
        FairnessContract,
        RetentionContract,
        AnnouncementContract,
        JobListContract,
        BatchContract,
        TenantEventsContract {
  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private RedisConnections redis;

  abstract String uri();

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, uri(), Patience.FAIL_FAST).await();
  }

  @AfterEach
  void everythingIsWhereItBelongs() {
    try {
      assertThat(QueueAudit.findings(redis, namespace, false)).isEmpty();
    } finally {
      redis.close().await();
      vertx.close().await();
    }
  }

  RedisConnections redis() {
    return redis;
  }

  @Override
  public JobStore store() {
    return storeFor(1_000_000);
  }

  @Override
  public JobStore storeFor(int maxWaiting) {
    return new RedisJobStore(redis(), namespace, maxWaiting);
  }

  @Override
  public JobQueue queueWith(Duration lease, int capturesPerHost) {
    return new RedisJobQueue(redis(), namespace, lease, capturesPerHost);
  }

  @Override
  public QueueUpkeep upkeep(Retention retention) {
    return new RedisUpkeep(redis(), namespace, retention, Duration.ofMinutes(10));
  }

  @Override
  public JobEvents events() {
    return new RedisJobEvents(redis(), namespace);
  }

  @Override
  public JobList list() {
    return new RedisJobList(redis(), namespace);
  }

  @Override
  public TenantEvents tenantEvents() {
    return new RedisTenantEvents(redis(), namespace);
  }

  @Override
  public TenantEvents tenantEventsFor(Duration followed) {
    return new RedisTenantEvents(redis(), namespace, followed);
  }

  @Override
  public BatchStore batchesFor(int maxWaiting) {
    return new RedisBatchStore(redis(), namespace, maxWaiting);
  }

  @Override
  public ImageStore images() {
    return new RedisImageStore(redis(), namespace);
  }
}
