package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJobOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.TenantPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whose turn it is. That equal turns are equal browser time is measured in FairSharesTest. */
public interface FairnessContract extends QueueSteps {
  @Test
  default void aTenantWithOneJobIsNextHoweverManyAnotherHasWaiting() {
    submitAll(many(10_000, A, TenantPlan.DEFAULT));
    claim();
    JobId ofB = submit(aJobOf(B));

    assertThat(claimedJob()).isEqualTo(ofB);
  }

  @Test
  default void aTenantThatWasIdleDoesNotShutTheOthersOut() {
    for (int i = 0; i < 100; i++) {
      succeeded(aJobOf(A), 3);
    }
    submitAll(many(20, A, TenantPlan.DEFAULT));
    submitAll(many(20, B, TenantPlan.DEFAULT));

    assertThat(claimsOf(B, 20)).isBetween(8L, 12L);
  }

  @Test
  default void turnsFollowTheWeights() {
    submitAll(many(40, A, new TenantPlan(3, 1_000, 1_000, 0, 1)));
    submitAll(many(40, B, TenantPlan.DEFAULT));

    assertThat(claimsOf(A, 40)).isBetween(29L, 31L);
  }

  @Test
  default void manyTenantsHaveOneTurnEach() {
    List<Tenant> tenants =
        Stream.iterate(0, i -> i + 1).limit(50).map(i -> new Tenant("t" + i)).toList();
    for (Tenant tenant : tenants) {
      submitAll(many(2, tenant, TenantPlan.DEFAULT));
    }

    assertThat(Stream.generate(() -> job(claimedJob()).tenant()).limit(50))
        .containsExactlyInAnyOrderElementsOf(tenants);
  }

  @Test
  default void aTenantDoesNotPayForTheLeaseOfAWorkerThatDied() {
    succeeded(aJobOf(B), 3); // whose captures are known to be short
    JobId ofA = submit(aJobOf(A));
    queueWithLeasesOf(Duration.ofMillis(500)).claim(WORKER, QueueAccess.nonce()).await();
    submitAll(many(10, B, TenantPlan.DEFAULT));
    QueueAccess.untilAny(() -> upkeep().reclaimExpired(1).await());

    List<JobId> next = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Assignment assignment = claim();
      next.add(assignment.lease().job());
      complete(assignment);
    }
    assertThat(next).contains(ofA);
  }

  @Test
  default void aTenantThatScheduledManyForAMomentDoesNotKeepOthersFromTheirTurn() {
    Instant due = Instant.now().plusSeconds(3);
    JobId ofB = submit(later(B, due.plusMillis(1)));
    submitAll(Stream.generate(() -> later(A, due)).limit(2_000).toList());
    letPass(Duration.between(Instant.now(), due.plusMillis(3)));

    int queued =
        Stream.generate(this::promoted).takeWhile(some -> some > 0).mapToInt(some -> some).sum();

    assertThat(queued).isPositive();
    assertThat(List.of(claimedJob(), claimedJob())).contains(ofB);
  }

  private long claimsOf(Tenant tenant, int claims) {
    return Stream.generate(() -> job(claimedJob()).tenant())
        .limit(claims)
        .filter(tenant::equals)
        .count();
  }

  private int promoted() {
    return upkeep().promoteDue(1_000).await();
  }

  private static NewJob later(Tenant tenant, Instant due) {
    var request = Fixtures.aRequest(QueueSteps.schedule(due, null, null));
    return Fixtures.aJobFor(tenant, TenantPlan.DEFAULT, request);
  }

  private static List<NewJob> many(int count, Tenant tenant, TenantPlan plan) {
    return Stream.generate(() -> aJobOf(tenant, plan)).limit(count).toList();
  }
}
