package dev.tintype.redis;

import static dev.tintype.testing.Fixtures.aCaptureOf;
import static dev.tintype.testing.Fixtures.aJobFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.CaptureRequest;
import dev.tintype.job.JobId;
import dev.tintype.job.Schedule;
import dev.tintype.job.Tenant;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.Retention;
import dev.tintype.queue.TenantPlan;
import dev.tintype.queue.Worker;
import dev.tintype.redis.RedisConnections.Patience;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.QueueSteps;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs that wait for a busy host stay where they wait when others leave that had no turn at it. */
class BusyHostTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final String URL = "https://one.example/";
  private static final Tenant OTHER = new Tenant("other");
  private static final Tenant WAITING = new Tenant("waiting");

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private final Keys keys = new Keys(namespace);
  private RedisConnections redis;
  private RedisJobStore store;
  private RedisJobQueue queue;

  @BeforeEach
  void threeJobsWaitForABusyHost() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
    store = new RedisJobStore(redis, namespace, 100);
    queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(10), 1);
    submit(OTHER, Schedule.AT_ONCE);
    assertThat(claim()).isPresent();
    for (int i = 0; i < 3; i++) {
      submit(WAITING, Schedule.AT_ONCE);
    }
    assertThat(claim()).isEmpty();
    assertAllAreAside();
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

  @Test
  void aScheduledJobThatIsCancelledPullsNobody() {
    JobId scheduled = submit(OTHER, QueueSteps.schedule(QueueSteps.FUTURE, null, null));

    store.cancel(scheduled).await();

    assertAllAreAside();
    assertThat(claim()).isEmpty();
    assertAllAreAside();
  }

  @Test
  void aScheduledJobThatIsForgottenPullsNobody() {
    JobId scheduled = submit(OTHER, QueueSteps.schedule(QueueSteps.FUTURE, null, null));

    store.forget(scheduled).await();

    assertAllAreAside();
    assertThat(claim()).isEmpty();
  }

  @Test
  void aScheduledJobThatExpiresPullsNobody() {
    Instant past = Instant.now().minusSeconds(1);
    JobId scheduled = submit(OTHER, QueueSteps.schedule(QueueSteps.FUTURE, past, null));

    var upkeep =
        new RedisUpkeep(
            redis, namespace, Retention.ofAge(Duration.ofDays(1)), Duration.ofMinutes(10));
    assertThat(upkeep.expireWaiting(10).await()).containsExactly(scheduled);

    assertAllAreAside();
    assertThat(claim()).isEmpty();
  }

  private void assertAllAreAside() {
    assertThat(count("q:" + WAITING)).as("jobs in the queue").isZero();
    assertThat(count("aside:" + WAITING + ":one.example")).as("jobs aside").isEqualTo(3);
  }

  private long count(String key) {
    return redis.run(commands -> commands.zcard(keys.prefix() + key)).await();
  }

  private JobId submit(Tenant tenant, Schedule schedule) {
    var request = new CaptureRequest(aCaptureOf(URL), schedule, null);
    var job = aJobFor(tenant, TenantPlan.DEFAULT, request);
    store.submit(job).await();
    return job.id();
  }

  private Optional<Assignment> claim() {
    return queue.claim(new Worker("w", 1), QueueAccess.nonce()).await();
  }
}
