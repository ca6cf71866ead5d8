package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aJobOf;
import static dev.tintype.testing.Fixtures.aResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.QueueUpkeep.Reclaimed;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The promises of the queue. Whoever implements the seams extends this and supplies them over a
 * fresh namespace.
 */
public abstract class JobQueueContract implements QueueAccess {
  private static final Failure TIMED_OUT = new Failure(FailureCode.TIMEOUT, "60 s were not enough");

  @Test
  void aSubmittedJobWaits() {
    JobId id = submit(aJob());

    assertThat(job(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(job(id).attempt()).isZero();
    assertThat(job(id).url()).isEqualTo("https://example.com/");
    assertThat(story(id)).containsExactly(Event.QUEUED);
  }

  @Test
  void aSubmissionSentTwiceIsStoredOnce() {
    NewJob job = aJob();
    submit(job);
    submit(job);

    assertThat(claim()).isNotNull();
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  void aSubmissionTellsHowManyJobsWaitBeforeIt() {
    submit(aJob());
    submit(aJob());

    NewJob job = aJob();
    SubmitResult result = store().submit(job).await();

    assertThat(result).isEqualTo(new SubmitResult.Accepted(job(job.id()), 2, Optional.empty()));
  }

  @Test
  void anUnknownJobIsNotFound() {
    assertThat(store().find(Fixtures.aJobId()).await()).isEmpty();
    assertThat(store().findTimeline(Fixtures.aJobId()).await()).isEmpty();
  }

  @Test
  void aClaimGivesTheJobThatWaitedLongestWithItsCapture() {
    NewJob first = aJob();
    submit(first);
    submit(aJob());

    Assignment assignment = claim();

    assertThat(assignment.lease()).isEqualTo(new Lease(first.id(), 1));
    assertThat(assignment.spec()).isEqualTo(first.request().capture());
    assertThat(job(first.id()).state()).isEqualTo(JobState.RUNNING);
    assertThat(job(first.id()).worker()).isEqualTo("w");
    assertThat(job(first.id()).startedAt()).isNotNull();
  }

  @Test
  void anEmptyQueueGivesNothing() {
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  void theSameClaimSentTwiceIsGivenTheSameJob() {
    submit(aJob());
    submit(aJob());
    String nonce = QueueAccess.nonce();

    var first = queue().claim(WORKER, nonce).await();
    var again = queue().claim(WORKER, nonce).await();

    assertThat(again).isEqualTo(first);
  }

  @Test
  void aClaimSentAgainBeginsItsLeaseAnew() {
    submit(aJob());
    String nonce = QueueAccess.nonce();
    queueWithLeasesOf(Duration.ofMillis(500)).claim(WORKER, nonce).await();
    Lease again = queue().claim(WORKER, nonce).await().orElseThrow().lease();
    // The control: its lease ends after the one that began first.
    submit(aJob());
    Lease lost =
        queueWithLeasesOf(Duration.ofMillis(600))
            .claim(WORKER, QueueAccess.nonce())
            .await()
            .orElseThrow()
            .lease();

    assertThat(reclaimed(100)).extracting(Reclaimed::job).containsExactly(lost.job());
    assertThat(job(again.job()).state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void tenantsAreServedInTurn() {
    var many = new Tenant("many");
    var one = new Tenant("one");
    submit(aJobOf(many));
    submit(aJobOf(many));
    submit(aJobOf(many));
    submit(aJobOf(one));

    claim();
    assertThat(job(claim().lease().job()).tenant()).isEqualTo(one);
  }

  @Test
  void aCompletedJobHasItsResultAndItsStory() {
    submit(aJob());
    Lease lease = claim().lease();
    CaptureResult result = aResult();

    assertThat(queue().complete(lease, result).await()).isEqualTo(LeaseReply.OK);

    assertThat(job(lease.job()).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job(lease.job()).result()).isEqualTo(result);
    assertThat(job(lease.job()).finishedAt()).isNotNull();
    assertThat(story(lease.job())).containsExactly(Event.QUEUED, Event.STARTED, Event.SUCCEEDED);
  }

  @Test
  void aFailedJobHasItsFailureAndItsStory() {
    submit(aJob());
    Lease lease = claim().lease();

    assertThat(queue().fail(lease, TIMED_OUT, Optional.empty()).await()).isEqualTo(LeaseReply.OK);

    assertThat(job(lease.job()).state()).isEqualTo(JobState.FAILED);
    assertThat(job(lease.job()).failure()).isEqualTo(TIMED_OUT);
    TimelineEntry last = store().findTimeline(lease.job()).await().get(2);
    assertThat(last.event()).isEqualTo(Event.FAILED);
    assertThat(last.code()).isEqualTo("timeout");
  }

  @Test
  void aCompletionSentTwiceIsAnsweredTwice() {
    submit(aJob());
    Lease lease = claim().lease();

    assertThat(queue().complete(lease, aResult()).await()).isEqualTo(LeaseReply.OK);
    assertThat(queue().complete(lease, aResult()).await()).isEqualTo(LeaseReply.OK);
    assertThat(story(lease.job())).hasSize(3);
  }

  @Test
  void aReleasedJobReturnsToItsPlaceInTheQueue() {
    NewJob first = aJob();
    submit(first);
    submit(aJob());
    Lease lease = claim().lease();

    assertThat(queue().release(lease).await()).isEqualTo(LeaseReply.OK);

    assertThat(claim().lease()).isEqualTo(new Lease(first.id(), 2));
    assertThat(job(first.id()).crashes()).isZero();
    assertThat(story(first.id()))
        .containsExactly(Event.QUEUED, Event.STARTED, Event.RELEASED, Event.STARTED);
  }

  @Test
  void aLeaseThatIsRenewedIsNotReclaimed() {
    submit(aJob());
    JobQueue hasty = queueWithLeasesOf(Duration.ofMillis(1));
    Lease renewed = hasty.claim(WORKER, QueueAccess.nonce()).await().orElseThrow().lease();
    assertThat(queue().renew(WORKER, List.of(renewed)).await())
        .isEqualTo(Map.of(renewed, LeaseReply.OK));
    submit(aJob());
    Lease lost = hasty.claim(WORKER, QueueAccess.nonce()).await().orElseThrow().lease();

    assertThat(reclaimed(100)).extracting(Reclaimed::job).containsExactly(lost.job());
  }

  @Test
  void reclaimTakesNoMoreThanItIsAskedTo() {
    for (int i = 0; i < 3; i++) {
      submit(aJob());
      queueWithLeasesOf(Duration.ofMillis(1)).claim(WORKER, QueueAccess.nonce()).await();
    }

    int total = 0;
    while (total < 3) {
      List<Reclaimed> batch = reclaimed(2);
      assertThat(batch).hasSizeLessThanOrEqualTo(2);
      total += batch.size();
    }
  }

  @Test
  void twoClaimersNeverGetTheSameJob() {
    int jobs = 100;
    for (int i = 0; i < jobs; i++) {
      submit(aJob());
    }

    List<Future<?>> claims = new ArrayList<>();
    Set<JobId> claimed = Collections.synchronizedSet(new TreeSet<>());
    IntStream.range(0, 2 * jobs)
        .forEach(
            i ->
                claims.add(
                    queue()
                        .claim(new Worker("w" + i % 2, 1), QueueAccess.nonce())
                        .onSuccess(
                            found ->
                                found.ifPresent(
                                    a -> assertThat(claimed.add(a.lease().job())).isTrue()))));
    Future.all(claims).await();

    assertThat(claimed).hasSize(jobs);
  }

  @Nested
  class WhenTheLeaseHasEnded {
    @Test
    void theJobGoesToAnotherWorkerAndTheTimelineTellsTheStory() {
      submit(aJob());
      Lease lost = loseAClaim();

      assertThat(claim().lease()).isEqualTo(new Lease(lost.job(), 2));
      assertThat(job(lost.job()).crashes()).isEqualTo(1);
      assertThat(story(lost.job()))
          .containsExactly(Event.QUEUED, Event.STARTED, Event.LEASE_EXPIRED, Event.STARTED);
    }

    @Test
    void theWorkerThatLostItCanNeitherCompleteNorFailNorReleaseNorRenew() {
      submit(aJob());
      Lease lost = loseAClaim();
      Lease held = claim().lease();

      assertThat(queue().complete(lost, aResult()).await()).isEqualTo(LeaseReply.LEASE_LOST);
      assertThat(queue().fail(lost, TIMED_OUT, Optional.empty()).await())
          .isEqualTo(LeaseReply.LEASE_LOST);
      assertThat(queue().release(lost).await()).isEqualTo(LeaseReply.LEASE_LOST);
      assertThat(queue().renew(WORKER, List.of(lost, held)).await())
          .isEqualTo(Map.of(lost, LeaseReply.LEASE_LOST, held, LeaseReply.OK));
      assertThat(job(held.job()).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void aPageThatCostTwoWorkersFails() {
      submit(aJob());
      Lease first = loseAClaim();
      loseAClaim();

      Job job = job(first.job());
      assertThat(job.state()).isEqualTo(JobState.FAILED);
      assertThat(job.failure()).extracting(Failure::code).isEqualTo(FailureCode.WORKER_CRASHED);
      assertThat(tryClaim()).isEmpty();
    }
  }

  /**
   * Reclaims until leases of a millisecond have ended, which by the clock of Redis is very soon.
   */
  private List<Reclaimed> reclaimed(int limit) {
    return QueueAccess.untilAny(() -> upkeep().reclaimExpired(limit).await());
  }
}
