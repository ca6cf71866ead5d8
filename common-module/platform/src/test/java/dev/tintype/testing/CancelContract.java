package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.CancelReply;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.Tombstone;
import dev.tintype.queue.Tombstone.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a client takes a job back, and how it makes the platform forget it. */
public interface CancelContract extends QueueSteps {
  String PAGE = "https://one.example/";

  @Test
  default void aJobForLaterIsCancelled() {
    assertCancelled(submit(QueueSteps.schedule(FUTURE, FUTURE, null)));
  }

  @Test
  default void aQueuedJobIsCancelledAndNeverRendered() {
    JobId id = submit(QueueSteps.schedule(null, FUTURE, Duration.ofHours(1)));

    assertCancelled(id);
    assertThat(story(id)).containsExactly(Event.QUEUED, Event.CANCELLED);
  }

  @Test
  default void aJobThatWaitsForItsRetryIsCancelled() {
    submit(aJob());
    Assignment assignment = claim();
    retry(assignment, Duration.ofHours(1));

    assertCancelled(assignment.lease().job());
    assertThat(fail(assignment)).isEqualTo(LeaseReply.CANCELLED);
  }

  @Test
  default void aRunningJobIsCancelledAndItsWorkerIsToldWhateverItSays() {
    submit(aJob());
    Assignment assignment = claim();
    Lease lease = assignment.lease();

    assertCancelled(lease.job());

    assertThat(queue().renew(WORKER, List.of(lease)).await())
        .isEqualTo(Map.of(lease, LeaseReply.CANCELLED));
    assertThat(complete(assignment)).isEqualTo(LeaseReply.CANCELLED);
    assertThat(fail(assignment)).isEqualTo(LeaseReply.CANCELLED);
    assertThat(retry(assignment, Duration.ZERO)).isEqualTo(LeaseReply.CANCELLED);
    assertThat(queue().release(lease).await()).isEqualTo(LeaseReply.CANCELLED);
    assertThat(job(lease.job()).state()).isEqualTo(JobState.CANCELLED);
    assertThat(story(lease.job())).containsExactly(Event.QUEUED, Event.STARTED, Event.CANCELLED);
  }

  @Test
  default void aWorkerThatHadLostTheJobIsNotToldThatItIsStillIts() {
    submit(aJob());
    Lease lost = loseAClaim();
    JobId id = claimedJob();
    store().cancel(id).await();

    assertThat(queue().complete(lost, Fixtures.aResult()).await()).isEqualTo(LeaseReply.LEASE_LOST);
    assertThat(queue().renew(WORKER, List.of(lost)).await().get(lost)).isNotEqualTo(LeaseReply.OK);
  }

  @Test
  default void whatHasFinishedIsNotCancelled() {
    submit(aJob());
    Assignment succeeded = claim();
    complete(succeeded);
    submit(aJob());
    Assignment failed = claim();
    fail(failed);
    JobId expired = submit(QueueSteps.schedule(null, PAST, null));
    upkeep().expireWaiting(1).await();

    for (JobId id : List.of(succeeded.lease().job(), failed.lease().job(), expired)) {
      JobState before = job(id).state();
      assertThat(store().cancel(id).await()).isEqualTo(CancelReply.FINISHED);
      assertThat(job(id).state()).isEqualTo(before);
    }
  }

  @Test
  default void aJobThatNeverWasIsNotCancelled() {
    assertThat(store().cancel(Fixtures.aJobId()).await()).isEqualTo(CancelReply.UNKNOWN);
    assertThat(store().delete(Fixtures.aJobId()).await()).isFalse();
  }

  @Test
  default void aJobThatWaitsForItsHostIsCancelledAndTheNextGoesOn() {
    JobQueue oneOfAHost = queueWith(Duration.ofMinutes(10), 1);
    submit(QueueSteps.on(PAGE, A));
    JobId aside = submit(QueueSteps.on(PAGE, A));
    JobId next = submit(QueueSteps.on(PAGE, A));
    Assignment running = oneOfAHost.claim(WORKER, QueueAccess.nonce()).await().orElseThrow();
    assertThat(oneOfAHost.claim(WORKER, QueueAccess.nonce()).await()).isEmpty();

    assertCancelled(aside);

    assertThat(oneOfAHost.claim(WORKER, QueueAccess.nonce()).await()).isEmpty();
    complete(running);
    assertThat(oneOfAHost.claim(WORKER, QueueAccess.nonce()).await().orElseThrow().lease().job())
        .isEqualTo(next);
  }

  @Test
  default void aCancelledCaptureFreesItsHost() {
    JobQueue oneOfAHost = queueWith(Duration.ofMinutes(10), 1);
    JobId first = submit(QueueSteps.on(PAGE, A));
    JobId second = submit(QueueSteps.on(PAGE, A));
    assertThat(oneOfAHost.claim(WORKER, QueueAccess.nonce()).await()).isPresent();
    assertThat(oneOfAHost.claim(WORKER, QueueAccess.nonce()).await()).isEmpty();

    assertCancelled(first);

    assertThat(oneOfAHost.claim(WORKER, QueueAccess.nonce()).await().orElseThrow().lease().job())
        .isEqualTo(second);
  }

  @Test
  default void aJobIsForgottenWhereverItIs() {
    JobQueue oneOfAHost = queueWith(Duration.ofMinutes(10), 1);
    JobId scheduled = submit(QueueSteps.schedule(FUTURE, null, null));
    JobId running = submit(QueueSteps.on(PAGE, A));
    JobId aside = submit(QueueSteps.on(PAGE, A));
    assertThat(oneOfAHost.claim(WORKER, QueueAccess.nonce()).await()).isPresent();
    assertThat(oneOfAHost.claim(WORKER, QueueAccess.nonce()).await()).isEmpty();
    JobId queued = submit(QueueSteps.schedule(null, FUTURE, Duration.ofHours(1)));

    for (JobId id : List.of(scheduled, aside, running, queued)) {
      assertForgotten(id, JobState.CANCELLED);
    }
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  default void aFinishedJobIsForgottenWithItsImage() {
    submit(aJob());
    Assignment assignment = claim();
    putImage(assignment);
    complete(assignment);

    assertForgotten(assignment.lease().job(), JobState.SUCCEEDED);

    assertThat(upkeep().deleteGarbage(10).await()).isEqualTo(1);
    assertThat(isStored(assignment)).isFalse();
  }

  @Test
  default void whatIsForgottenStaysForgottenWhateverItsWorkerSays() {
    submit(aJob());
    Assignment assignment = claim();
    assertForgotten(assignment.lease().job(), JobState.CANCELLED);

    assertThat(complete(assignment)).isEqualTo(LeaseReply.LEASE_LOST);
    assertThat(fail(assignment)).isEqualTo(LeaseReply.LEASE_LOST);
    assertThat(retry(assignment, Duration.ZERO)).isEqualTo(LeaseReply.LEASE_LOST);
    assertThat(queue().release(assignment.lease()).await()).isEqualTo(LeaseReply.LEASE_LOST);
    assertThat(queue().renew(WORKER, List.of(assignment.lease())).await())
        .isEqualTo(Map.of(assignment.lease(), LeaseReply.LEASE_LOST));
    assertThat(store().cancel(assignment.lease().job()).await()).isEqualTo(CancelReply.UNKNOWN);
    assertThat(store().find(assignment.lease().job()).await()).isEmpty();
  }

  private void assertCancelled(JobId id) {
    assertThat(store().cancel(id).await()).isEqualTo(CancelReply.CANCELLED);
    int length = story(id).size();
    assertThat(store().cancel(id).await()).isEqualTo(CancelReply.CANCELLED);

    assertThat(job(id).state()).isEqualTo(JobState.CANCELLED);
    assertThat(job(id).finishedAt()).isNotNull();
    assertThat(job(id).result()).isNull();
    assertThat(story(id)).hasSize(length).endsWith(Event.CANCELLED);
  }

  private void assertForgotten(JobId id, JobState as) {
    assertThat(store().delete(id).await()).isTrue();
    assertThat(store().delete(id).await()).as("said twice").isTrue();
    assertThat(store().find(id).await()).isEmpty();
    assertThat(store().findTimeline(id).await()).isEmpty();
    Tombstone left = store().findTombstone(id).await().orElseThrow();
    assertThat(left.state()).isEqualTo(as);
    assertThat(left.reason()).isEqualTo(Reason.DELETED);
  }
}
