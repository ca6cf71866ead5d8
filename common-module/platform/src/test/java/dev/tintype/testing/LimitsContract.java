package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aJobOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.Schedule;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.Accepted;
import dev.tintype.queue.SubmitResult.Full;
import dev.tintype.queue.SubmitResult.Throttled;
import dev.tintype.queue.TenantPlan;
import dev.tintype.queue.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a tenant may have waiting, submit and run, and how long it will likely take. */
public interface LimitsContract extends QueueSteps {
  @Test
  default void aTenantWhoseQueueIsFullIsRefusedAndOthersAreNot() {
    var two = new TenantPlan(1, 100, 2, 0, 1);
    submit(aJobOf(A, two));
    submit(new NewJob(Fixtures.aJobId(), A, two, Fixtures.aRequest(LATER), null));

    assertThat(answerTo(aJobOf(A, two))).isEqualTo(new Full(true, 2, Optional.empty()));
    assertThat(answerTo(aJobOf(B, two))).isInstanceOf(Accepted.class);
  }

  Schedule LATER = QueueSteps.schedule(FUTURE, null, null);

  @Test
  default void aFullQueueTakesJobsAgainWhenOneLeaves() {
    var one = new TenantPlan(1, 100, 1, 0, 1);
    submit(aJobOf(A, one));
    assertThat(answerTo(aJobOf(A, one))).isInstanceOf(Full.class);
    claim();
    assertThat(answerTo(aJobOf(A, one))).isInstanceOf(Accepted.class);
    assertThat(answerTo(aJobOf(A, one))).isInstanceOf(Full.class);
    store().cancel(claimedJob()).await();
    assertThat(answerTo(aJobOf(A, one))).isInstanceOf(Accepted.class);
  }

  @Test
  default void aFullPlatformRefusesEverybody() {
    var store = storeFor(2);
    store.submit(aJobOf(A)).await();
    store.submit(aJobOf(B)).await();

    assertThat(store.submit(aJobOf(A)).await()).isEqualTo(new Full(false, 2, Optional.empty()));
    assertThat(store.submit(aJobOf(new Tenant("c"))).await()).isInstanceOf(Full.class);
  }

  @Test
  default void whoSubmitsFasterThanItsRateIsToldWhenToComeAgain() {
    var everyTenSeconds = new TenantPlan(1, 100, 100, 0.1, 1);
    submit(aJobOf(A, everyTenSeconds));

    var answer = answerTo(aJobOf(A, everyTenSeconds));

    assertThat(((Throttled) answer).retryAfter())
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(answerTo(aJobOf(B, everyTenSeconds))).isInstanceOf(Accepted.class);
  }

  @Test
  default void afterARestSoManyMayComeAtOnce() {
    var burstOfThree = new TenantPlan(1, 100, 100, 0.1, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(answerTo(aJobOf(A, burstOfThree))).isInstanceOf(Accepted.class);
    }

    for (int i = 0; i < 3; i++) {
      // A refusal takes nothing of the rate: the time to wait grows no longer.
      assertThat(((Throttled) answerTo(aJobOf(A, burstOfThree))).retryAfter())
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }
  }

  @Test
  default void whoComesAgainWhenToldIsNotRefused() {
    var twoASecond = new TenantPlan(1, 100, 100, 2, 1);
    SubmitResult answer;
    do { // until two come within half a second, which a stalled machine may not manage
      answer = answerTo(aJobOf(A, twoASecond));
    } while (answer instanceof Accepted);
    Duration retryAfter = ((Throttled) answer).retryAfter();
    assertThat(retryAfter).isBetween(Duration.ofMillis(1), Duration.ofMillis(500));

    letPass(retryAfter);

    assertThat(answerTo(aJobOf(A, twoASecond))).isInstanceOf(Accepted.class);
  }

  @Test
  default void whoIsGivenAFasterRateDoesNotWaitAsLongAsForTheSlowOne() {
    submit(aJobOf(A, new TenantPlan(1, 100, 100, 1.0 / 3_600, 1)));
    var tenASecond = new TenantPlan(1, 100, 100, 10, 1);
    answerTo(aJobOf(A, tenASecond));

    SubmitResult second = answerTo(aJobOf(A, tenASecond));

    if (second instanceof Throttled throttled) {
      assertThat(throttled.retryAfter()).isLessThanOrEqualTo(Duration.ofMillis(200));
    } else {
      assertThat(second).isInstanceOf(Accepted.class);
    }
  }

  @Test
  default void aSubmissionSentTwiceIsNotThrottledBecauseOfItself() {
    NewJob job = aJobOf(A, new TenantPlan(1, 100, 1, 0.001, 1));
    submit(job);

    assertThat(answerTo(job)).isInstanceOf(Accepted.class);
  }

  @Test
  default void aTenantThatRunsAsManyAsItMayWaitsAndTheOthersGoOn() {
    submit(aJobOf(A, QueueSteps.running(1)));
    JobId second = submit(aJobOf(A, QueueSteps.running(1)));
    Assignment first = claim();
    JobId ofB = submit(aJobOf(B));

    assertThat(claimedJob()).isEqualTo(ofB);
    assertThat(tryClaim()).isEmpty();

    complete(first);
    assertThat(claimedJob()).isEqualTo(second);
  }

  @Test
  default void aTenantGoesOnHoweverItsCaptureEnds() {
    List<Consumer<Assignment>> ends =
        List.of(
            this::complete,
            this::fail,
            assignment -> retry(assignment, Duration.ofHours(1)),
            assignment -> store().cancel(assignment.lease().job()).await(),
            assignment -> store().delete(assignment.lease().job()).await());
    for (var end : ends) {
      JobId first = submit(aJobOf(A, QueueSteps.running(1)));
      Assignment running = claim();
      assertThat(running.lease().job()).isEqualTo(first);
      JobId second = submit(aJobOf(A, QueueSteps.running(1)));
      assertThat(tryClaim()).isEmpty();

      end.accept(running);

      Assignment next = claim();
      assertThat(next.lease().job()).isEqualTo(second);
      complete(next);
    }
  }

  @Test
  default void aTenantGoesOnWhenItsCaptureIsReleasedOrLost() {
    submit(aJobOf(A, QueueSteps.running(1)));
    submit(aJobOf(A, QueueSteps.running(1)));
    Assignment released = claim();
    assertThat(tryClaim()).isEmpty();
    queue().release(released.lease()).await();
    loseAClaim();

    Assignment last = claim();
    assertThat(last.lease().attempt()).isEqualTo(3);
    assertThat(tryClaim()).isEmpty();
    complete(last);
    claim();
  }

  @Test
  default void aPlanThatAllowsMoreHoldsAtOnce() {
    submit(aJobOf(A, QueueSteps.running(1)));
    submit(aJobOf(A, QueueSteps.running(1)));
    claim();
    assertThat(tryClaim()).isEmpty();

    submit(aJobOf(A, QueueSteps.running(3)));

    claim();
    claim();
  }

  @Test
  default void aPlanThatAllowsLessHoldsForWhatIsNotRunning() {
    submit(aJobOf(A, QueueSteps.running(3)));
    submit(aJobOf(A, QueueSteps.running(3)));
    Assignment first = claim();
    Assignment second = claim();
    submit(aJobOf(A, QueueSteps.running(1)));

    assertThat(tryClaim()).isEmpty();
    complete(first);
    assertThat(tryClaim()).isEmpty();
    complete(second);
    claim();
  }

  @Test
  default void withoutWorkersNobodyKnowsHowLongItTakes() {
    assertThat(((Accepted) answerTo(aJob())).estimate()).isEmpty();
  }

  @Test
  default void withWorkersItIsSaidHowLongItLikelyTakes() {
    queue().renew(new Worker("x", 2), List.of()).await();
    queue().renew(new Worker("y", 3), List.of()).await();
    for (int i = 0; i < 10; i++) {
      submit(aJob());
    }

    // Eleven captures on five browsers, a second each for want of a better estimate.
    assertThat(((Accepted) answerTo(aJob())).estimate()).contains(Duration.ofMillis(2_200));
    var one = new TenantPlan(1, 100, 1, 0, 1);
    submit(aJobOf(A, one));
    assertThat(answerTo(aJobOf(A, one)))
        .isEqualTo(new Full(true, 1, Optional.of(Duration.ofMillis(200))));
  }

  @Test
  default void theEstimateFollowsWhatCapturesTake() {
    queue().renew(WORKER, List.of()).await();
    // A second each for want of a better estimate, until captures have ended. On a stalled machine
    // the first may take longer.
    Eventually.holds(
        "a shorter estimate",
        () -> {
          succeeded(aJob(), 3);
          Duration estimate = ((Accepted) answerTo(aJob())).estimate().orElseThrow();
          complete(claim());
          return estimate.compareTo(Duration.ofMillis(900)) < 0;
        });
  }

  @Test
  default void aWorkerThatLeavesCountsNoMore() {
    queue().renew(WORKER, List.of()).await();
    queue().leave(WORKER).await();

    assertThat(((Accepted) answerTo(aJob())).estimate()).isEmpty();
  }

  @Test
  default void workersThatAllDiedCountNoMore() {
    queueWithLeasesOf(Duration.ofMillis(5)).renew(WORKER, List.of()).await();
    letPass(Duration.ofMillis(10));

    assertThat(((Accepted) answerTo(aJob())).estimate()).isEmpty();
  }
}
