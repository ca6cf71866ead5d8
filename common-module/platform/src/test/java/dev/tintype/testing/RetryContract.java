package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How an attempt that failed is followed by another. */
public interface RetryContract extends QueueSteps {
  @Test
  default void aFailureThatIsWorthARetryWaitsForItsPause() {
    JobId id = submit(aJob());

    assertThat(retry(claim(), Duration.ofHours(1))).isEqualTo(LeaseReply.RETRIED);

    assertThat(job(id).state()).isEqualTo(JobState.SCHEDULED);
    assertThat(job(id).failures()).isEqualTo(1);
    assertThat(job(id).failure()).isNull();
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  default void afterItsPauseTheJobIsTriedAgainAndTheWorkerIsToldOfTheFailureBefore() {
    JobId id = submit(aJob());
    retry(claim(), Duration.ofMillis(20));

    Assignment again = claimSoon();

    assertThat(again.lease()).isEqualTo(new Lease(id, 2));
    assertThat(again.failures()).isEqualTo(1);
    var story = store().findTimeline(id).await();
    assertThat(Duration.between(story.get(2).at(), story.get(3).at()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(20));
  }

  @Test
  default void theStoryTellsOfEachAttemptWhoMadeItAndWhyItFailed() {
    JobId id = submit(aJob());
    retry(claim(), Duration.ZERO);
    fail(claimSoon());

    var story = store().findTimeline(id).await();
    assertThat(story)
        .extracting(TimelineEntry::event)
        .containsExactly(
            Event.QUEUED,
            Event.STARTED,
            Event.ATTEMPT_FAILED,
            Event.QUEUED,
            Event.STARTED,
            Event.FAILED);
    for (int i : new int[] {2, 5}) {
      assertThat(story.get(i).worker()).isEqualTo("w");
      assertThat(story.get(i).code()).isEqualTo("timeout");
      assertThat(story.get(i).message()).isEqualTo(TIMED_OUT.message());
    }
    assertThat(story.get(2).attempt()).isEqualTo(1);
    assertThat(story.get(5).attempt()).isEqualTo(2);
    assertThat(job(id).failures()).as("failures that another attempt followed").isEqualTo(1);
  }

  @Test
  default void aCrashBurnsNoRetry() {
    submit(aJob());
    loseAClaim();

    assertThat(claim().failures()).isZero();
  }

  @Test
  default void aReleaseBurnsNoRetry() {
    submit(aJob());
    queue().release(claim().lease()).await();

    assertThat(claim().failures()).isZero();
  }

  @Test
  default void aRetryIsForgottenByNeitherCrashNorRelease() {
    submit(aJob());
    retry(claim(), Duration.ZERO);
    Assignment second = claimSoon();
    queue().release(second.lease()).await();
    loseAClaim();

    Assignment fourth = claim();
    assertThat(fourth.lease().attempt()).isEqualTo(4);
    assertThat(fourth.failures()).isEqualTo(1);
  }

  @Test
  default void aRetryBeyondTheDeadlineFailsWithTheRealFailure() {
    JobId id = submit(QueueSteps.schedule(null, Instant.now().plusSeconds(60), null));

    assertThat(retry(claim(), Duration.ofMinutes(2))).isEqualTo(LeaseReply.OK);

    assertThat(job(id).state()).isEqualTo(JobState.FAILED);
    assertThat(job(id).failure()).isEqualTo(TIMED_OUT);
    assertThat(job(id).failures()).isZero();
  }

  @Test
  default void aRetryWithinTheDeadlineIsMade() {
    JobId id = submit(QueueSteps.schedule(null, Instant.now().plusSeconds(60), null));

    assertThat(retry(claim(), Duration.ofSeconds(30))).isEqualTo(LeaseReply.RETRIED);
    assertThat(job(id).state()).isEqualTo(JobState.SCHEDULED);
  }

  @Test
  default void aFailureSentTwiceIsAnsweredTwice() {
    JobId id = submit(aJob());
    Assignment assignment = claim();

    assertThat(fail(assignment)).isEqualTo(LeaseReply.OK);
    assertThat(fail(assignment)).isEqualTo(LeaseReply.OK);
    assertThat(story(id)).hasSize(3);
  }

  @Test
  default void aRetrySentTwiceIsAnsweredTwiceAndCountedOnce() {
    JobId id = submit(aJob());
    Assignment assignment = claim();

    assertThat(retry(assignment, Duration.ofHours(1))).isEqualTo(LeaseReply.RETRIED);
    assertThat(retry(assignment, Duration.ofHours(1))).isEqualTo(LeaseReply.RETRIED);
    assertThat(job(id).failures()).isEqualTo(1);
    assertThat(story(id)).hasSize(3);
  }

  @Test
  default void aFailureThatTheReplyWasLostOfDoesNotEndTheNextAttempt() {
    submit(aJob());
    Assignment first = claim();
    retry(first, Duration.ZERO);
    Assignment second = claimSoon();

    assertThat(fail(first)).isEqualTo(LeaseReply.LEASE_LOST);
    assertThat(complete(second)).isEqualTo(LeaseReply.OK);
  }

  @Test
  default void aRetriedJobHasItsOldPlaceBeforeAllThatCameLater() {
    JobId first = submit(aJob());
    Assignment assignment = claim();
    submit(aJob());
    retry(assignment, Duration.ZERO);

    // The claim that finds it due may have found the other just before.
    Assignment next = claim();
    if (!next.lease().job().equals(first)) {
      queue().release(next.lease()).await();
      next = claim();
    }
    assertThat(next.lease()).isEqualTo(new Lease(first, 2));
  }

  @Test
  default void nextToAFailureARetryLeavesNothingOfItInTheJob() {
    JobId id = submit(aJob());
    retry(claim(), Duration.ZERO);
    complete(claimSoon());

    Job job = job(id);
    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(job.failure()).isNull();
    assertThat(job.failures()).isEqualTo(1);
  }

  @Test
  default void theCrashThatFailsAJobIsToldInItsStory() {
    JobId id = submit(aJob());
    retry(claim(), Duration.ZERO);
    queue().release(claimSoon().lease()).await();
    loseAClaim();
    loseAClaim();

    var story = store().findTimeline(id).await();
    TimelineEntry last = story.get(story.size() - 1);
    assertThat(last.event()).isEqualTo(Event.FAILED);
    assertThat(last.code()).isEqualTo("worker_crashed");
    assertThat(job(id).crashes()).isEqualTo(2);
    assertThat(queue().fail(new Lease(id, 4), TIMED_OUT, Optional.empty()).await())
        .isEqualTo(LeaseReply.LEASE_LOST);
  }
}
