package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aJobOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.QueueUpkeep.Trimmed;
import dev.tintype.queue.Retention;
import dev.tintype.queue.Tombstone;
import dev.tintype.queue.Tombstone.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of the past is kept, and that what is not kept leaves nothing behind. */
public interface RetentionContract extends QueueSteps {
  Duration LONG = Duration.ofDays(1);
  long MANY = Long.MAX_VALUE;

  @Test
  default void whatIsWithinTheRetentionIsKept() {
    succeeded(aJob(), 100);
    submit(aJob());

    assertThat(forgotten(new Retention(LONG, 1, 100, 1, 100))).isEmpty();
  }

  @Test
  default void whatIsOldIsForgotten() {
    JobId succeeded = succeeded(aJob(), 100);
    submit(aJob());
    Assignment failed = claim();
    fail(failed);
    JobId waiting = submit(aJob());

    List<Trimmed> forgotten = new ArrayList<>();
    while (forgotten.size() < 2) {
      forgotten.addAll(
          QueueAccess.untilAny(() -> forgotten(Retention.ofAge(Duration.ofMillis(1)))));
    }

    assertThat(forgotten)
        .containsExactly(
            new Trimmed(succeeded, Reason.AGE), new Trimmed(failed.lease().job(), Reason.AGE));
    assertThat(store().findTombstone(succeeded).await())
        .contains(new Tombstone(Tenant.DEFAULT, JobState.SUCCEEDED, Reason.AGE));
    assertThat(store().findTombstone(failed.lease().job()).await())
        .contains(new Tombstone(Tenant.DEFAULT, JobState.FAILED, Reason.AGE));
    assertThat(store().find(succeeded).await()).isEmpty();
    assertThat(store().findTimeline(succeeded).await()).isEmpty();
    assertThat(job(waiting).state()).isEqualTo(JobState.QUEUED);
    assertThat(store().findTombstone(waiting).await()).isEmpty();
  }

  @Test
  default void whenTooManyHaveFinishedTheOldestGo() {
    List<JobId> jobs = finishedApart(4, A, 100);

    assertThat(forgotten(new Retention(LONG, 2, MANY, MANY, MANY)))
        .containsExactly(
            new Trimmed(jobs.get(0), Reason.COUNT), new Trimmed(jobs.get(1), Reason.COUNT));
  }

  @Test
  default void whenImagesTakeTooMuchTheOldestGo() {
    List<JobId> jobs = finishedApart(4, A, 100);

    assertThat(forgotten(new Retention(LONG, MANY, 250, MANY, MANY)))
        .containsExactly(
            new Trimmed(jobs.get(0), Reason.BYTES), new Trimmed(jobs.get(1), Reason.BYTES));
    assertThat(forgotten(new Retention(LONG, MANY, 200, MANY, MANY))).isEmpty();
    assertThat(forgotten(new Retention(LONG, MANY, 0, MANY, MANY))).hasSize(2);
  }

  @Test
  default void aTenantThatHasFinishedTooManyLosesItsOwnOldest() {
    List<JobId> ofB = finishedApart(2, B, 100);
    List<JobId> ofA = finishedApart(4, A, 100);

    assertThat(forgotten(new Retention(LONG, MANY, MANY, 2, MANY)))
        .containsExactly(
            new Trimmed(ofA.get(0), Reason.TENANT_COUNT),
            new Trimmed(ofA.get(1), Reason.TENANT_COUNT));
    assertThat(store().find(ofB.get(0)).await()).isPresent();
  }

  @Test
  default void aTenantWhoseImagesTakeTooMuchLosesItsOwnOldest() {
    List<JobId> ofB = finishedApart(2, B, 100);
    List<JobId> ofA = finishedApart(3, A, 100);

    assertThat(forgotten(new Retention(LONG, MANY, MANY, MANY, 299)))
        .containsExactly(new Trimmed(ofA.get(0), Reason.TENANT_BYTES));
    assertThat(store().find(ofB.get(0)).await()).isPresent();
    assertThat(store().findTombstone(ofA.get(0)).await())
        .contains(new Tombstone(A, JobState.SUCCEEDED, Reason.TENANT_BYTES));
  }

  @Test
  default void trimmingForgetsNoMoreThanItIsAskedTo() {
    finishedApart(3, A, 100);
    var nothing = upkeep(new Retention(LONG, 0, 0, 0, 0));

    assertThat(nothing.trimFinished(2).await()).hasSize(2);
    assertThat(nothing.trimFinished(2).await()).hasSize(1);
    assertThat(nothing.trimFinished(2).await()).isEmpty();
  }

  @Test
  default void everyFinalStateIsForgottenAndSaysWhichItWas() {
    JobId cancelled = submit(aJob());
    store().cancel(cancelled).await();
    JobId expired = submit(QueueSteps.schedule(null, PAST, null));
    upkeep().expireWaiting(1).await();

    assertThat(forgotten(new Retention(LONG, 0, 0, 0, 0))).hasSize(2);

    assertThat(store().findTombstone(cancelled).await())
        .contains(new Tombstone(Tenant.DEFAULT, JobState.CANCELLED, Reason.COUNT));
    assertThat(store().findTombstone(expired).await())
        .contains(new Tombstone(Tenant.DEFAULT, JobState.EXPIRED, Reason.COUNT));
  }

  @Test
  default void theImageOfAForgottenJobIsDeleted() {
    submit(aJob());
    Assignment kept = completedWithImage();
    submit(aJob());
    Assignment trimmed = completedWithImage();
    assertThat(upkeep().deleteGarbage(10).await()).isZero();

    store().delete(trimmed.lease().job()).await();

    assertThat(upkeep().deleteGarbage(10).await()).isEqualTo(1);
    assertThat(upkeep().deleteGarbage(10).await()).isZero();
    assertThat(isStored(trimmed)).isFalse();
    assertThat(isStored(kept)).isTrue();
  }

  @Test
  default void garbageIsDeletedInPortions() {
    for (int i = 0; i < 3; i++) {
      submit(aJob());
      completedWithImage();
    }
    forgotten(new Retention(LONG, 0, 0, 0, 0));

    assertThat(upkeep().deleteGarbage(2).await()).isEqualTo(2);
    assertThat(upkeep().deleteGarbage(2).await()).isEqualTo(1);
  }

  @Test
  default void anImageThatCameTooLateIsNotPublishedAndNotDeletedUnderItsWriter() {
    submit(aJob());
    Assignment cancelled = claim();
    store().cancel(cancelled.lease().job()).await();
    putImage(cancelled);

    assertThat(upkeep().deleteGarbage(10).await()).as("it may still be written").isZero();
    assertThat(job(cancelled.lease().job()).result()).isNull();
  }

  @Test
  default void manyTenantsAreTrimmedInOneCall() {
    List<Tenant> tenants = List.of(A, B, new Tenant("c"));
    tenants.forEach(tenant -> finishedApart(2, tenant, 100));

    assertThat(forgotten(new Retention(LONG, MANY, MANY, 1, MANY))).hasSize(3);
  }

  private Assignment completedWithImage() {
    Assignment assignment = claim();
    putImage(assignment);
    complete(assignment);
    return assignment;
  }

  private List<Trimmed> forgotten(Retention retention) {
    return upkeep(retention).trimFinished(100).await();
  }

  /** Jobs that finished one after the other, a millisecond apart at least. */
  private List<JobId> finishedApart(int count, Tenant tenant, long bytes) {
    List<JobId> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(succeeded(aJobOf(tenant), bytes));
      letPass(Duration.ofMillis(2));
    }
    return jobs;
  }
}
