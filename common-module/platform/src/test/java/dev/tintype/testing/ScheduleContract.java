package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aJobFor;
import static dev.tintype.testing.Fixtures.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.Priority;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.SubmitResult.Accepted;
import dev.tintype.queue.TenantPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a job is done: not before, not after, and before which others. */
public interface ScheduleContract extends QueueSteps {
  @Test
  default void aJobForLaterIsNotGivenToAnyoneBefore() {
    var answer = answerTo(aJobFor(aRequest(QueueSteps.schedule(FUTURE, null, null))));

    assertThat(((Accepted) answer).job().state()).isEqualTo(JobState.SCHEDULED);
    assertThat(tryClaim()).isEmpty();
    assertThat(story(((Accepted) answer).job().id())).containsExactly(Event.SCHEDULED);
  }

  @Test
  default void aJobForLaterIsQueuedWhenItsTimeComes() {
    Instant due = Instant.now().plusMillis(50);
    JobId id = submit(QueueSteps.schedule(due, null, null));

    claimSoon();

    assertThat(story(id)).containsExactly(Event.SCHEDULED, Event.QUEUED, Event.STARTED);
    assertThat(job(id).startedAt()).isAfterOrEqualTo(due.minusMillis(1));
  }

  @Test
  default void aTimeThatHasPassedIsAtOnce() {
    JobId id = submit(QueueSteps.schedule(PAST, null, null));

    assertThat(job(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(claimedJob()).isEqualTo(id);
  }

  @Test
  default void theWorkerIsToldHowMuchTimeIsLeft() {
    submit(aJob());
    assertThat(claim().timeLeft()).isEmpty();

    submit(QueueSteps.schedule(null, Instant.now().plusSeconds(60), null));
    assertThat(claim().timeLeft().orElseThrow())
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(61));
  }

  @Test
  default void aClaimSentAgainAfterTheDeadlineDoesNotSayThatThereIsNone() {
    String nonce = QueueAccess.nonce();
    do { // again if the machine stalled, and it has expired before
      submit(QueueSteps.schedule(null, Instant.now().plusMillis(200), null));
    } while (queue().claim(WORKER, nonce).await().isEmpty());

    var late =
        QueueAccess.untilAny(
            () ->
                queue().claim(WORKER, nonce).await().orElseThrow().timeLeft().stream()
                    .filter(left -> left.compareTo(Duration.ofMillis(1)) < 0)
                    .toList());

    assertThat(late).containsExactly(Duration.ZERO);
    // As the next looks see it, too.
    for (int i = 0; i < 100; i++) {
      assertThat(queue().claim(WORKER, nonce).await().orElseThrow().timeLeft())
          .contains(Duration.ZERO);
    }
  }

  @Test
  default void aJobWhoseDeadlinePassedExpiresAndIsNeverRenderedLate() {
    JobId id = submit(QueueSteps.schedule(null, PAST, null));

    // Nobody has kept the queue up: the claim itself sees it.
    assertThat(tryClaim()).isEmpty();

    assertExpired(id, FailureCode.DEADLINE_PASSED);
  }

  @Test
  default void aJobWhoseQueueTimeoutPassedExpiresAndIsNeverRenderedLate() {
    JobId id = submit(QueueSteps.schedule(null, null, Duration.ofMillis(1)));
    JobId next = submit(aJob());
    letPass(Duration.ofMillis(20));

    assertThat(claimedJob()).isEqualTo(next);

    assertExpired(id, FailureCode.QUEUE_TIMEOUT);
  }

  @Test
  default void upkeepExpiresThemWhenNoWorkerClaims() {
    JobId deadline = submit(QueueSteps.schedule(null, PAST, null));
    JobId scheduled = submit(QueueSteps.schedule(FUTURE, PAST, null));
    JobId alive = submit(QueueSteps.schedule(null, FUTURE, Duration.ofHours(1)));

    assertThat(expiredSoon()).containsExactlyInAnyOrder(deadline, scheduled);

    assertExpired(deadline, FailureCode.DEADLINE_PASSED);
    assertExpired(scheduled, FailureCode.DEADLINE_PASSED);
    assertThat(job(alive).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  default void upkeepExpiresNoMoreThanItIsAskedTo() {
    for (int i = 0; i < 3; i++) {
      submit(QueueSteps.schedule(null, PAST, null));
    }

    assertThat(upkeep().expireWaiting(2).await()).hasSize(2);
    assertThat(upkeep().expireWaiting(2).await()).hasSize(1);
    assertThat(upkeep().expireWaiting(2).await()).isEmpty();
  }

  @Test
  default void aQueueTimeoutBeginsWhenTheJobIsDue() {
    JobId id = submit(QueueSteps.schedule(FUTURE, null, Duration.ofMillis(1)));
    letPass(Duration.ofMillis(20));

    assertThat(upkeep().expireWaiting(10).await()).isEmpty();
    assertThat(job(id).state()).isEqualTo(JobState.SCHEDULED);
  }

  @Test
  default void aQueueTimeoutIsAboutTheFirstAttemptOnly() {
    Optional<Assignment> running;
    do { // again if the machine stalled, and it has expired before
      submit(QueueSteps.schedule(null, null, Duration.ofMillis(500)));
      running = tryClaim();
    } while (running.isEmpty());
    JobId id = running.get().lease().job();
    queue().release(running.get().lease()).await();
    letPass(Duration.ofMillis(510));

    assertThat(upkeep().expireWaiting(10).await()).isEmpty();
    assertThat(claimedJob()).isEqualTo(id);
  }

  @Test
  default void aDeadlineIsAboutLaterAttemptsToo() {
    Instant deadline = Instant.now().plusSeconds(3);
    JobId released = submit(QueueSteps.schedule(null, deadline, null));
    JobId crashed = submit(QueueSteps.schedule(null, deadline, null));
    queue().release(claim().lease()).await();
    Assignment again = claim();
    loseAClaim();
    queue().release(again.lease()).await();

    List<JobId> expired = new ArrayList<>();
    while (expired.size() < 2) {
      expired.addAll(expiredSoon());
    }

    assertThat(expired).containsExactlyInAnyOrder(released, crashed);
    assertExpired(released, FailureCode.DEADLINE_PASSED);
    assertExpired(crashed, FailureCode.DEADLINE_PASSED);
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  default void aJobThatRunsIsNotExpired() {
    Optional<Assignment> running;
    do { // again if the machine stalled, and it has expired before
      submit(QueueSteps.schedule(null, Instant.now().plusMillis(500), null));
      running = tryClaim();
    } while (running.isEmpty());
    Assignment assignment = running.get();
    JobId id = assignment.lease().job();
    letPass(Duration.ofMillis(550));

    assertThat(upkeep().expireWaiting(10).await()).isEmpty();
    assertThat(queue().renew(WORKER, List.of(assignment.lease())).await()).hasSize(1);
    complete(assignment);
    assertThat(job(id).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  default void amongEqualsTheOneThatCameFirstGoesFirst() {
    List<JobId> submitted = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      submitted.add(submit(aJob()));
    }
    List<JobId> claimed = new ArrayList<>();
    Optional<Assignment> next = tryClaim();
    while (next.isPresent()) {
      claimed.add(next.get().lease().job());
      next = tryClaim();
    }

    assertThat(claimed).isEqualTo(submitted);
  }

  @Test
  default void aJobForLaterIsTakenToHaveComeWhenItIsDue() {
    Instant due = Instant.now().plusSeconds(1);
    JobId later = submit(QueueSteps.schedule(due, null, null));
    JobId atOnce = submit(aJob());
    letPass(Duration.between(Instant.now(), due.plusMillis(2)));

    assertThat(List.of(claimedJob(), claimedJob())).containsExactly(atOnce, later);
  }

  @Test
  default void ofOneTenantTheMoreUrgentGoFirst() {
    JobId low = submit(QueueSteps.of(Priority.LOW));
    JobId normal = submit(QueueSteps.of(Priority.NORMAL));
    JobId high = submit(QueueSteps.of(Priority.HIGH));

    assertThat(List.of(claimedJob(), claimedJob(), claimedJob()))
        .containsExactly(high, normal, low);
  }

  @Test
  default void aReleasedJobKeepsThePlaceOfItsPriority() {
    JobId low = submit(QueueSteps.of(Priority.LOW));
    Assignment taken = claim();
    JobId normal = submit(QueueSteps.of(Priority.NORMAL));
    queue().release(taken.lease()).await();

    assertThat(List.of(claimedJob(), claimedJob())).containsExactly(normal, low);
  }

  @Test
  default void betweenTenantsUrgencyHasNoSay() {
    submit(Fixtures.aJobOf(A));
    submit(aJobFor(B, TenantPlan.DEFAULT, aRequest(QueueSteps.of(Priority.HIGH))));
    submit(aJobFor(B, TenantPlan.DEFAULT, aRequest(QueueSteps.of(Priority.HIGH))));

    var tenants = List.of(job(claimedJob()).tenant(), job(claimedJob()).tenant());
    assertThat(tenants).containsExactlyInAnyOrder(A, B);
  }

  private void assertExpired(JobId id, FailureCode code) {
    assertThat(job(id).state()).isEqualTo(JobState.EXPIRED);
    assertThat(job(id).failure()).extracting(Failure::code).isEqualTo(code);
    assertThat(job(id).finishedAt()).isNotNull();
    var story = store().findTimeline(id).await();
    var last = story.get(story.size() - 1);
    assertThat(last.event()).isEqualTo(Event.EXPIRED);
    assertThat(last.code()).isEqualTo(code.toString());
  }
}
