package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aCaptureOf;
import static dev.tintype.testing.Fixtures.aJobId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.Limits;
import dev.tintype.capture.Priority;
import dev.tintype.capture.Schedule;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.Accepted;
import dev.tintype.queue.SubmitResult.Answered;
import dev.tintype.queue.SubmitResult.KeyReused;
import dev.tintype.queue.SubmitResult.Reason;
import dev.tintype.queue.TenantPlan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which submissions are answered by a job that is there already. */
public interface IdempotencyContract extends QueueSteps {
  String URL = "https://example.com/";
  Duration HOUR = Duration.ofHours(1);

  @Test
  default void aSubmissionUnderTheSameKeyIsAnsweredByTheFirst() {
    JobId first = accepted(named("order-1", A, URL));

    assertThat(answerTo(named("order-1", A, URL))).isEqualTo(new Answered(first, Reason.REPLAYED));
    assertThat(claimedJob()).isEqualTo(first);
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  default void theKeyStillAnswersWhenTheJobHasFinished() {
    JobId first = accepted(named("order-1", A, URL));
    fail(claim());

    assertThat(answerTo(named("order-1", A, URL))).isEqualTo(new Answered(first, Reason.REPLAYED));
  }

  @Test
  default void theKeyDoesNotRenderAgainWhatWasForgotten() {
    JobId first = accepted(named("order-1", A, URL));
    store().delete(first).await();

    assertThat(answerTo(named("order-1", A, URL))).isEqualTo(new Answered(first, Reason.REPLAYED));
    assertThat(store().findTombstone(first).await()).isPresent();
  }

  @Test
  default void aKeyForAnotherCaptureIsRefusedWithTheJobThatItStandsFor() {
    JobId first = accepted(named("order-1", A, URL));

    assertThat(answerTo(named("order-1", A, URL + "other")))
        .isEqualTo(new KeyReused(first.value()));
    assertThat(answerTo(named("order-2", A, URL + "other"))).isInstanceOf(Accepted.class);
  }

  @Test
  default void anotherTenantsKeyIsAnotherKey() {
    accepted(named("order-1", A, URL));

    accepted(named("order-1", B, URL + "other"));
  }

  @Test
  default void aKeyMayHoldWhatAKeyOfRedisMayNot() {
    JobId first = accepted(named("a b\n{x}:*" + "é".repeat(500), A, URL));

    assertThat(answerTo(named("a b\n{x}:*" + "é".repeat(500), A, URL)))
        .isEqualTo(new Answered(first, Reason.REPLAYED));
  }

  @Test
  default void aRefusedSubmissionDoesNotTakeItsKey() {
    var plan = new TenantPlan(1, 1, 1, 0, 1);
    accepted(new NewJob(aJobId(), A, plan, fresh(URL), null));
    var refused = new NewJob(aJobId(), A, plan, fresh(URL), "order-1");
    assertThat(answerTo(refused)).isInstanceOf(SubmitResult.Full.class);

    complete(claim());

    assertThat(answerTo(refused)).isInstanceOf(Accepted.class);
  }

  @Test
  default void anEqualCaptureJoinsTheOneThatWaitsOrRuns() {
    JobId first = accepted(equal(A, HOUR));

    assertThat(answerTo(equal(A, HOUR))).isEqualTo(new Answered(first, Reason.JOINED));
    claim();
    assertThat(answerTo(equal(A, HOUR))).isEqualTo(new Answered(first, Reason.JOINED));
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  default void anEqualCaptureIsAnsweredByAnImageThatIsYoungEnough() {
    JobId first = accepted(equal(A, HOUR));
    complete(claim());

    assertThat(answerTo(equal(A, HOUR))).isEqualTo(new Answered(first, Reason.CACHED));
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  default void anImageThatIsTooOldAnswersNothing() {
    JobId first = accepted(equal(A, HOUR));
    complete(claim());
    letPass(Duration.ofMillis(5));

    JobId second = accepted(equal(A, Duration.ofMillis(1)));

    assertThat(second).isNotEqualTo(first);
    assertThat(answerTo(equal(A, HOUR))).isEqualTo(new Answered(second, Reason.JOINED));
    complete(claim());
    assertThat(answerTo(equal(A, HOUR))).isEqualTo(new Answered(second, Reason.CACHED));
  }

  @Test
  default void whoWantsANewImageGetsOneAndAnswersNobody() {
    JobId first = accepted(equal(A, HOUR));

    accepted(new NewJob(aJobId(), A, TenantPlan.DEFAULT, fresh(URL), null));

    assertThat(answerTo(equal(A, HOUR))).isEqualTo(new Answered(first, Reason.JOINED));
  }

  @Test
  default void anotherCaptureIsNotEqual() {
    accepted(equal(A, HOUR));

    var request = Fixtures.aRequest(aCaptureOf(URL + "other"), Schedule.AT_ONCE, HOUR);
    accepted(new NewJob(aJobId(), A, TenantPlan.DEFAULT, request, null));
  }

  @Test
  default void aTenantDoesNotSeeTheImagesOfAnother() {
    accepted(equal(A, HOUR));
    complete(claim());
    JobId ofB = accepted(equal(B, HOUR));

    assertThat(answerTo(equal(B, HOUR))).isEqualTo(new Answered(ofB, Reason.JOINED));
  }

  @Test
  default void aJobThatFailedOrWasCancelledOrExpiredAnswersNothing() {
    accepted(equal(A, HOUR));
    fail(claim());
    JobId cancelled = accepted(equal(A, HOUR));
    store().cancel(cancelled).await();
    var late = new Schedule(Priority.NORMAL, null, PAST, null);
    accepted(
        new NewJob(
            aJobId(), A, TenantPlan.DEFAULT, Fixtures.aRequest(aCaptureOf(URL), late, HOUR), null));
    upkeep().expireWaiting(1).await();

    accepted(equal(A, HOUR));
  }

  @Test
  default void aJobThatIsForgottenAnswersNothing() {
    JobId first = accepted(equal(A, HOUR));
    complete(claim());
    store().delete(first).await();

    JobId second = accepted(equal(A, HOUR));
    store().delete(second).await();

    accepted(equal(A, HOUR));
  }

  @Test
  default void aCaptureForLaterNeitherJoinsNorIsJoined() {
    accepted(later(HOUR));
    JobId now = accepted(equal(A, HOUR));
    accepted(later(HOUR));

    assertThat(answerTo(equal(A, HOUR))).isEqualTo(new Answered(now, Reason.JOINED));
  }

  @Test
  default void aJobThatWaitsForItsRetryIsNotJoined() {
    accepted(equal(A, HOUR));
    retry(claim(), HOUR);

    accepted(equal(A, HOUR));
  }

  @Test
  default void theEndOfAnotherEqualJobDoesNotHideTheOneThatAnswers() {
    accepted(equal(A, HOUR));
    Assignment first = claim();
    retry(first, HOUR);
    JobId later = accepted(later(HOUR));
    JobId second = accepted(equal(A, HOUR));

    store().cancel(first.lease().job()).await();
    store().cancel(later).await();

    assertThat(answerTo(equal(A, HOUR))).isEqualTo(new Answered(second, Reason.JOINED));
  }

  @Test
  default void aKeyThatJoinedStandsForTheJobThatItJoined() {
    JobId first = accepted(equal(A, HOUR));
    NewJob named = new NewJob(aJobId(), A, TenantPlan.DEFAULT, equal(A, HOUR).request(), "order-1");
    assertThat(answerTo(named)).isEqualTo(new Answered(first, Reason.JOINED));
    fail(claim());

    assertThat(answerTo(named)).isEqualTo(new Answered(first, Reason.REPLAYED));
  }

  @Test
  default void whatIsAnsweredTakesNoRoomAndNothingOfTheRate() {
    var narrow = new TenantPlan(1, 1, 1, 0.001, 1);
    JobId first = accepted(new NewJob(aJobId(), A, narrow, equal(A, HOUR).request(), null));

    assertThat(answerTo(new NewJob(aJobId(), A, narrow, equal(A, HOUR).request(), null)))
        .isEqualTo(new Answered(first, Reason.JOINED));
    assertThat(job(first).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  default void aJobThatMayExpireIsNotJoined() {
    accepted(equal(QueueSteps.schedule(null, FUTURE, null)));
    accepted(equal(QueueSteps.schedule(null, null, HOUR)));
    JobId plain = accepted(equal(A, HOUR));

    assertThat(answerTo(equal(A, HOUR))).isEqualTo(new Answered(plain, Reason.JOINED));
  }

  @Test
  default void theImageOfAJobThatMightHaveExpiredAnswersNothing() {
    accepted(equal(QueueSteps.schedule(null, FUTURE, null)));
    complete(claim());
    accepted(equal(QueueSteps.schedule(null, null, HOUR)));
    complete(claim());

    accepted(equal(A, HOUR));
  }

  @Test
  default void aMoreUrgentCaptureDoesNotWaitForOneThatIsLess() {
    JobId low = accepted(equal(QueueSteps.of(Priority.LOW)));
    JobId high = accepted(equal(QueueSteps.of(Priority.HIGH)));

    assertThat(high).isNotEqualTo(low);
    assertThat(claimedJob()).isEqualTo(high);
  }

  @Test
  default void aLessUrgentCaptureJoinsTheMoreUrgentOne() {
    JobId high = accepted(equal(QueueSteps.of(Priority.HIGH)));

    for (Priority priority : Priority.values()) {
      assertThat(answerTo(equal(QueueSteps.of(priority))))
          .isEqualTo(new Answered(high, Reason.JOINED));
    }
  }

  @Test
  default void aMoreUrgentCaptureJoinsTheOneThatRunsOrHasItsImage() {
    JobId low = accepted(equal(QueueSteps.of(Priority.LOW)));
    Assignment running = claim();

    assertThat(answerTo(equal(QueueSteps.of(Priority.HIGH))))
        .isEqualTo(new Answered(low, Reason.JOINED));
    complete(running);
    assertThat(answerTo(equal(QueueSteps.of(Priority.HIGH))))
        .isEqualTo(new Answered(low, Reason.CACHED));
  }

  @Test
  default void aCaptureThatMayBeTriedMoreOftenIsAnother() {
    accepted(tried(1));
    JobId often = accepted(tried(3));

    assertThat(answerTo(tried(3))).isEqualTo(new Answered(often, Reason.JOINED));
  }

  private JobId accepted(NewJob job) {
    SubmitResult result = answerTo(job);
    assertThat(result).isInstanceOf(Accepted.class);
    return ((Accepted) result).job().id();
  }

  private static CaptureRequest fresh(String url) {
    return Fixtures.aRequest(aCaptureOf(url), Schedule.AT_ONCE, null);
  }

  private static NewJob named(String key, Tenant tenant, String url) {
    return new NewJob(aJobId(), tenant, TenantPlan.DEFAULT, fresh(url), key);
  }

  private static NewJob equal(Tenant tenant, @Nullable Duration maxAge) {
    var request = Fixtures.aRequest(aCaptureOf(URL), Schedule.AT_ONCE, maxAge);
    return new NewJob(aJobId(), tenant, TenantPlan.DEFAULT, request, null);
  }

  private static NewJob equal(Schedule schedule) {
    var request = Fixtures.aRequest(aCaptureOf(URL), schedule, HOUR);
    return new NewJob(aJobId(), A, TenantPlan.DEFAULT, request, null);
  }

  private static NewJob tried(int maxAttempts) {
    var capture = aCaptureOf(URL).with(Limits.MAX_ATTEMPTS, maxAttempts);
    var request = Fixtures.aRequest(capture, Schedule.AT_ONCE, HOUR);
    return new NewJob(aJobId(), A, TenantPlan.DEFAULT, request, null);
  }

  private static NewJob later(Duration maxAge) {
    var schedule = QueueSteps.schedule(FUTURE, null, null);
    var request = Fixtures.aRequest(aCaptureOf(URL), schedule, maxAge);
    return new NewJob(aJobId(), A, TenantPlan.DEFAULT, request, null);
  }
}
