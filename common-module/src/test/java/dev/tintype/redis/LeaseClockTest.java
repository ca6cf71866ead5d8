package dev.tintype.redis;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Job;
import dev.tintype.job.JobState;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.QueueUpkeep.Reclaimed;
import dev.tintype.queue.Retention;
import dev.tintype.queue.Worker;
import dev.tintype.redis.RedisConnections.Patience;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Leases end by Redis' clock, which goes on while Redis is away and may be set. Neither happens
 * here: what it wrote is moved instead.
 */
class LeaseClockTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final Worker WORKER = new Worker("w", 1);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LEASE = Duration.ofSeconds(1);

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private final Keys keys = new Keys(namespace);
  private RedisConnections redis;
  private RedisJobStore store;
  private RedisJobQueue queue;
  private RedisUpkeep upkeep;

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
    store = new RedisJobStore(redis, namespace, 100);
    queue = new RedisJobQueue(redis, namespace, LEASE, 10);
    upkeep = new RedisUpkeep(redis, namespace, Retention.ofAge(Duration.ofDays(1)), LEASE);
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
  void aWorkerWhoseLeaseEndedWhileNobodyLookedRenewsItAndCompletes() {
    Assignment running = claimWithALeaseThatHasEnded();
    nobodyLookedFor(Duration.ofMinutes(1));

    assertThat(upkeep.reclaimExpired(10).await()).isEmpty();

    assertThat(queue.renew(WORKER, List.of(running.lease())).await())
        .containsEntry(running.lease(), LeaseReply.OK);
    assertThat(complete(running)).isEqualTo(LeaseReply.OK);
    Job job = store.find(running.lease().job()).await().orElseThrow();
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void aWorkerThatDoesNotRenewAfterTheOutageEitherHasCrashed() {
    Lease lost = claimWithALeaseThatHasEnded().lease();
    nobodyLookedFor(Duration.ofMinutes(1));
    assertThat(upkeep.reclaimExpired(10).await()).isEmpty();
    assertThat(leaseEnd(lost)).isBetween(now() - 500, now() + LEASE.toMillis());

    List<Reclaimed> reclaimed = QueueAccess.untilAny(() -> upkeep.reclaimExpired(10).await());

    assertThat(reclaimed)
        .containsExactly(new Reclaimed(lost.job(), lost.attempt(), WORKER.name(), JobState.QUEUED));
  }

  @Test
  void everyLeaseThatEndedInAnOutageIsGivenItsTimeHoweverFewAreLookedAtAtOnce() {
    for (int i = 0; i < 5; i++) {
      claimWithALeaseThatHasEnded();
    }
    nobodyLookedFor(Duration.ofMinutes(1));

    assertThat(upkeep.reclaimExpired(2).await()).isEmpty();
    assertThat(upkeep.reclaimExpired(2).await()).isEmpty();
  }

  @Test
  void aLeaseThatEndedWhileSomebodyLookedIsReclaimedAtOnce() {
    upkeep.reclaimExpired(10).await();
    Lease lost = claimWithALeaseThatHasEnded().lease();
    nobodyLookedFor(Duration.ofSeconds(1));

    assertThat(upkeep.reclaimExpired(10).await())
        .containsExactly(new Reclaimed(lost.job(), lost.attempt(), WORKER.name(), JobState.QUEUED));
  }

  @Test
  void aLeaseThatIsLongerThanAnyIsMadeAsLongAsALease() {
    store.submit(aJob()).await();
    upkeep.reclaimExpired(10).await();
    Lease lease = queue.claim(WORKER, QueueAccess.nonce()).await().orElseThrow().lease();
    // As when the clock is set back by an hour.
    leaseEnds(lease, now() + Duration.ofHours(1).toMillis());

    assertThat(upkeep.reclaimExpired(10).await()).isEmpty();

    assertThat(leaseEnd(lease)).isBetween(now() - 500, now() + LEASE.toMillis());
    assertThat(QueueAccess.untilAny(() -> upkeep.reclaimExpired(10).await()))
        .containsExactly(
            new Reclaimed(lease.job(), lease.attempt(), WORKER.name(), JobState.QUEUED));
  }

  @Test
  void aClockThatIsSetForwardMakesNoWorkerACrashedOne() {
    Assignment running = claimWhileSomebodyLooks();

    ClockStep.forward(redis, namespace, Duration.ofHours(1));

    assertThat(upkeep.reclaimExpired(10).await()).isEmpty();
    assertThat(queue.renew(WORKER, List.of(running.lease())).await())
        .containsEntry(running.lease(), LeaseReply.OK);
    assertThat(upkeep.reclaimExpired(10).await()).isEmpty();
    assertThat(complete(running)).isEqualTo(LeaseReply.OK);
  }

  @Test
  void aClockThatIsSetBackDoesNotKeepTheJobsOfTheDeadFromOthers() {
    Lease lost = claimWhileSomebodyLooks().lease();

    ClockStep.back(redis, namespace, Duration.ofHours(1));

    assertThat(QueueAccess.untilAny(() -> upkeep.reclaimExpired(10).await()))
        .containsExactly(new Reclaimed(lost.job(), lost.attempt(), WORKER.name(), JobState.QUEUED));
  }

  private Assignment claimWhileSomebodyLooks() {
    store.submit(aJob()).await();
    upkeep.reclaimExpired(10).await();
    return queue.claim(WORKER, QueueAccess.nonce()).await().orElseThrow();
  }

  private Assignment claimWithALeaseThatHasEnded() {
    store.submit(aJob()).await();
    var shortly = new RedisJobQueue(redis, namespace, SHORT, 10);
    Assignment running = shortly.claim(WORKER, QueueAccess.nonce()).await().orElseThrow();
    long end = leaseEnd(running.lease());
    Eventually.holds("the lease has ended", Duration.ofSeconds(5), () -> now() > end);
    return running;
  }

  private LeaseReply complete(Assignment running) {
    return queue.complete(running.lease(), Fixtures.aResultOf(running.imageKey(), 3)).await();
  }

  private void nobodyLookedFor(Duration time) {
    String last = Long.toString(now() - time.toMillis());
    redis.run(commands -> commands.set(keys.prefix() + "looked", last)).await();
  }

  private void leaseEnds(Lease lease, long millis) {
    redis
        .run(
            commands ->
                commands.zadd(keys.prefix() + "leases", (double) millis, lease.job().value()))
        .await();
  }

  private long leaseEnd(Lease lease) {
    return redis
        .run(commands -> commands.zscore(keys.prefix() + "leases", lease.job().value()))
        .await()
        .longValue();
  }

  /** By the clock of Redis, which is this machine's. */
  private static long now() {
    return System.currentTimeMillis();
  }
}
