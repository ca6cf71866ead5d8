package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobState;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.QueueUpkeep;
import dev.tintype.queue.QueueUpkeep.Reclaimed;
import dev.tintype.queue.Retention;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Leases end by Redis' clock, which goes on while Redis is away and may be set. Neither happens
 * here: what it wrote is moved instead.
 */
class LeaseClockTest implements RedisQueueSteps {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LEASE = Duration.ofSeconds(3);

  @RegisterExtension final QueueRig rig = new QueueRig(server, Audit.JOBS);

  @Test
  void aWorkerWhoseLeaseEndedWhileNobodyLookedRenewsItAndCompletes() {
    Assignment running = claimWithALeaseThatHasEnded();
    nobodyLookedFor(Duration.ofMinutes(1));

    assertThat(upkeep().reclaimExpired(10).await()).isEmpty();

    assertThat(queue().renew(WORKER, List.of(running.lease())).await())
        .containsEntry(running.lease(), LeaseReply.OK);
    assertThat(complete(running)).isEqualTo(LeaseReply.OK);
    assertThat(job(running.lease().job()).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void aWorkerThatDoesNotRenewAfterTheOutageEitherHasCrashed() {
    Lease lost = claimWithALeaseThatHasEnded().lease();
    nobodyLookedFor(Duration.ofMinutes(1));
    long before = now();
    assertThat(upkeep().reclaimExpired(10).await()).isEmpty();
    assertThat(leaseEnd(lost)).isBetween(before, now() + LEASE.toMillis());

    List<Reclaimed> reclaimed = QueueAccess.untilAny(() -> upkeep().reclaimExpired(10).await());

    assertThat(reclaimed)
        .containsExactly(new Reclaimed(lost.job(), lost.attempt(), WORKER.name(), JobState.QUEUED));
  }

  @Test
  void everyLeaseThatEndedInAnOutageIsGivenItsTimeHoweverFewAreLookedAtAtOnce() {
    for (int i = 0; i < 5; i++) {
      claimWithALeaseThatHasEnded();
    }
    nobodyLookedFor(Duration.ofMinutes(1));

    assertThat(upkeep().reclaimExpired(2).await()).isEmpty();
    assertThat(upkeep().reclaimExpired(2).await()).isEmpty();
  }

  @Test
  void aLeaseThatEndedWhileSomebodyLookedIsReclaimedAtOnce() {
    upkeep().reclaimExpired(10).await();
    Lease lost = claimWithALeaseThatHasEnded().lease();
    nobodyLookedFor(Duration.ofSeconds(1));

    assertThat(upkeep().reclaimExpired(10).await())
        .containsExactly(new Reclaimed(lost.job(), lost.attempt(), WORKER.name(), JobState.QUEUED));
  }

  @Test
  void aLeaseThatIsLongerThanAnyIsMadeAsLongAsALease() {
    submit(aJob());
    upkeep().reclaimExpired(10).await();
    Lease lease = claim().lease();
    // As when the clock is set back by an hour.
    long before = now();
    leaseEnds(lease, before + Duration.ofHours(1).toMillis());

    assertThat(upkeep().reclaimExpired(10).await()).isEmpty();

    assertThat(leaseEnd(lease)).isBetween(before, now() + LEASE.toMillis());
    assertThat(QueueAccess.untilAny(() -> upkeep().reclaimExpired(10).await()))
        .containsExactly(
            new Reclaimed(lease.job(), lease.attempt(), WORKER.name(), JobState.QUEUED));
  }

  @Test
  void aClockThatIsSetForwardMakesNoWorkerACrashedOne() {
    Assignment running = claimWhileSomebodyLooks();

    ClockStep.forward(redis(), rig.namespace(), Duration.ofHours(1));

    assertThat(upkeep().reclaimExpired(10).await()).isEmpty();
    assertThat(queue().renew(WORKER, List.of(running.lease())).await())
        .containsEntry(running.lease(), LeaseReply.OK);
    assertThat(upkeep().reclaimExpired(10).await()).isEmpty();
    assertThat(complete(running)).isEqualTo(LeaseReply.OK);
  }

  @Test
  void aClockThatIsSetBackDoesNotKeepTheJobsOfTheDeadFromOthers() {
    Lease lost = claimWhileSomebodyLooks().lease();

    ClockStep.back(redis(), rig.namespace(), Duration.ofHours(1));

    assertThat(QueueAccess.untilAny(() -> upkeep().reclaimExpired(10).await()))
        .containsExactly(new Reclaimed(lost.job(), lost.attempt(), WORKER.name(), JobState.QUEUED));
  }

  private Assignment claimWhileSomebodyLooks() {
    submit(aJob());
    upkeep().reclaimExpired(10).await();
    return claim();
  }

  private Assignment claimWithALeaseThatHasEnded() {
    submit(aJob());
    Assignment running =
        queueWithLeasesOf(SHORT).claim(WORKER, QueueAccess.nonce()).await().orElseThrow();
    long end = leaseEnd(running.lease());
    Eventually.holds("the lease has ended", () -> now() > end);
    return running;
  }

  private void nobodyLookedFor(Duration time) {
    String last = Long.toString(now() - time.toMillis());
    redis().run(commands -> commands.set(keys().prefix() + "looked", last)).await();
  }

  private void leaseEnds(Lease lease, long millis) {
    redis()
        .run(
            commands ->
                commands.zadd(keys().prefix() + "leases", (double) millis, lease.job().value()))
        .await();
  }

  private long leaseEnd(Lease lease) {
    return redis()
        .run(commands -> commands.zscore(keys().prefix() + "leases", lease.job().value()))
        .await()
        .longValue();
  }

  /** By the clock of Redis, which is this machine's. */
  private static long now() {
    return System.currentTimeMillis();
  }

  @Override
  public JobQueue queue() {
    return queueWithLeasesOf(LEASE);
  }

  @Override
  public QueueUpkeep upkeep() {
    return new RedisUpkeep(
        redis(),
        rig.namespace(),
        new RedisImageStore(redis(), rig.namespace()),
        Retention.ofAge(Duration.ofDays(1)),
        LEASE);
  }

  @Override
  public QueueRig rig() {
    return rig;
  }
}
