package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aCaptureOf;
import static dev.tintype.testing.Fixtures.aJobFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.Schedule;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.TenantPlan;
import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueSteps;
import dev.tintype.testing.RedisServer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs that wait for a busy host stay where they wait when others leave that had no turn at it. */
class BusyHostTest implements RedisQueueSteps {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final String URL = "https://one.example/";
  private static final Tenant OTHER = new Tenant("other");
  private static final Tenant WAITING = new Tenant("waiting");

  @RegisterExtension final QueueRig rig = new QueueRig(server, Audit.JOBS);

  @BeforeEach
  void threeJobsWaitForABusyHost() {
    submit(OTHER, Schedule.AT_ONCE);
    assertThat(tryClaim()).isPresent();
    for (int i = 0; i < 3; i++) {
      submit(WAITING, Schedule.AT_ONCE);
    }
    assertThat(tryClaim()).isEmpty();
    assertAllAreAside();
  }

  @Test
  void aScheduledJobThatIsCancelledPullsNobody() {
    JobId scheduled = submit(OTHER, QueueSteps.schedule(FUTURE, null, null));

    store().cancel(scheduled).await();

    assertAllAreAside();
    assertThat(tryClaim()).isEmpty();
    assertAllAreAside();
  }

  @Test
  void aScheduledJobThatIsForgottenPullsNobody() {
    JobId scheduled = submit(OTHER, QueueSteps.schedule(FUTURE, null, null));

    store().delete(scheduled).await();

    assertAllAreAside();
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  void aScheduledJobThatExpiresPullsNobody() {
    Instant past = Instant.now().minusSeconds(1);
    JobId scheduled = submit(OTHER, QueueSteps.schedule(FUTURE, past, null));

    assertThat(upkeep().expireWaiting(10).await()).containsExactly(scheduled);

    assertAllAreAside();
    assertThat(tryClaim()).isEmpty();
  }

  private void assertAllAreAside() {
    assertThat(count("q:" + WAITING)).as("jobs in the queue").isZero();
    assertThat(count("aside:" + WAITING + ":one.example")).as("jobs aside").isEqualTo(3);
  }

  private long count(String key) {
    return redis().run(commands -> commands.zcard(keys().prefix() + key)).await();
  }

  private JobId submit(Tenant tenant, Schedule schedule) {
    var request = Fixtures.aRequest(aCaptureOf(URL), schedule, null);
    return submit(aJobFor(tenant, TenantPlan.DEFAULT, request));
  }

  /** One capture of a host at a time. */
  @Override
  public JobQueue queue() {
    return queueWith(Duration.ofMinutes(10), 1);
  }

  @Override
  public QueueRig rig() {
    return rig;
  }
}
