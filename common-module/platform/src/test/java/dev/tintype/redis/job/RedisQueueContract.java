package dev.tintype.redis.job;

import dev.tintype.queue.BatchStore;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobList;
import dev.tintype.queue.TenantEvents;
import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.AnnouncementContract;
import dev.tintype.testing.BatchContract;
import dev.tintype.testing.CancelContract;
import dev.tintype.testing.FairnessContract;
import dev.tintype.testing.HostLimitContract;
import dev.tintype.testing.IdempotencyContract;
import dev.tintype.testing.JobListContract;
import dev.tintype.testing.JobQueueContract;
import dev.tintype.testing.LimitsContract;
import dev.tintype.testing.ResultImagesContract;
import dev.tintype.testing.RetentionContract;
import dev.tintype.testing.RetryContract;
import dev.tintype.testing.ScheduleContract;
import dev.tintype.testing.TenantEventsContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract over one Redis, which a subclass chooses. */
abstract class RedisQueueContract extends JobQueueContract
    implements RedisQueueSteps,
        RetryContract,
        ScheduleContract,
        CancelContract,
        IdempotencyContract,
        LimitsContract,
        HostLimitContract,
        FairnessContract,
        RetentionContract,
        ResultImagesContract,
        AnnouncementContract,
        JobListContract,
        BatchContract,
        TenantEventsContract {
  @RegisterExtension final QueueRig rig = new QueueRig(this::uri, Audit.JOBS);

  abstract String uri();

  @Override
  public QueueRig rig() {
    return rig;
  }

  @Override
  public JobEvents events() {
    return new RedisJobEvents(redis(), rig.namespace());
  }

  @Override
  public JobList list() {
    return new RedisJobList(redis(), rig.namespace());
  }

  @Override
  public TenantEvents tenantEvents() {
    return new RedisTenantEvents(redis(), rig.namespace());
  }

  @Override
  public TenantEvents tenantEventsFor(Duration followed) {
    return new RedisTenantEvents(redis(), rig.namespace(), followed);
  }

  @Override
  public BatchStore batchesFor(int maxWaiting) {
    return new RedisBatchStore(redis(), rig.namespace(), maxWaiting);
  }
}
