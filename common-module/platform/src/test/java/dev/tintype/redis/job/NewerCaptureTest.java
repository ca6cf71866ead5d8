package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.TenantEvents;
import dev.tintype.queue.TenantEvents.TenantEvent;
import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job that a newer build stored, met by the worker of an older one during a roll-out. */
class NewerCaptureTest implements RedisQueueSteps {
  private static final String NEWER =
      "{\"version\":99,\"url\":\"https://example.com/\",\"area\":{\"invented\":true}}";

  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  @RegisterExtension final QueueRig rig = new QueueRig(server, Audit.JOBS);

  @Test
  void olderWorkerLeavesTheJobAndTakesTheNext() {
    String start = events().follow(Tenant.DEFAULT, null, 1).await().lastId();
    JobId newer = submit(aJob());
    JobId known = submit(aJob());
    store(newer, NEWER);

    assertThat(claim().lease().job()).isEqualTo(known);

    Job left = job(newer);
    assertThat(left.state()).isEqualTo(JobState.SCHEDULED);
    assertThat(left.failures()).isZero();
    assertThat(left.crashes()).isZero();
    assertThat(story(newer)).containsExactly(Event.QUEUED, Event.STARTED, Event.POSTPONED);
    assertThat(events().follow(Tenant.DEFAULT, start, 10).await().events())
        .extracting(TenantEvent::event)
        .contains(Event.POSTPONED);
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  void workerThatUnderstandsTheJobGetsItLater() {
    JobId newer = submit(aJob());
    String understood = redis().run(commands -> commands.hget(keys().job(newer), "spec")).await();
    store(newer, NEWER);
    assertThat(tryClaim()).isEmpty();

    store(newer, understood);

    Eventually.holds("the job is claimed", Duration.ofSeconds(30), () -> tryClaim().isPresent());
  }

  @Override
  public QueueRig rig() {
    return rig;
  }

  private TenantEvents events() {
    return new RedisTenantEvents(redis(), rig.namespace());
  }

  private void store(JobId job, String capture) {
    redis().run(commands -> commands.hset(keys().job(job), "spec", capture)).await();
  }
}
