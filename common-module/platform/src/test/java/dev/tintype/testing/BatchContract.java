package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aCaptureOf;
import static dev.tintype.testing.Fixtures.aJobOf;
import static dev.tintype.testing.Fixtures.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.BatchRequest;
import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.Priority;
import dev.tintype.capture.Schedule;
import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.BatchStore;
import dev.tintype.queue.BatchStore.Member;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewBatch;
import dev.tintype.queue.Retention;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.BatchAccepted;
import dev.tintype.queue.SubmitResult.BatchReplayed;
import dev.tintype.queue.SubmitResult.Full;
import dev.tintype.queue.SubmitResult.KeyReused;
import dev.tintype.queue.SubmitResult.Throttled;
import dev.tintype.queue.SubmitResult.TooLarge;
import dev.tintype.queue.TenantPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Captures that are asked for together: all are taken or none, and they are counted until the end.
 */
public interface BatchContract extends QueueSteps {
  BatchStore batchesFor(int maxWaiting);

  default BatchStore batches() {
    return batchesFor(1_000_000);
  }

  @Test
  default void theJobsOfABatchWaitInTheOrderInWhichTheyWereAskedFor() {
    NewBatch batch = aBatch(3);

    assertThat(answerTo(batch)).isInstanceOf(BatchAccepted.class);

    assertThat(ids(batch.id())).isEqualTo(batch.jobs());
    assertThat(Stream.generate(this::claimedJob).limit(3)).isEqualTo(batch.jobs());
  }

  @Test
  default void aBatchThatIsSentTwiceIsStoredOnce() {
    NewBatch batch = aBatch(2);
    answerTo(batch);

    assertThat(answerTo(batch)).isInstanceOf(BatchAccepted.class);

    assertThat(found(batch).total()).isEqualTo(2);
    assertThat(ids(batch.id())).isEqualTo(batch.jobs());
  }

  @Test
  default void aBatchCountsItsJobsAsTheyEnd() {
    NewBatch batch = aBatch(4);
    answerTo(batch);
    complete(claim());
    fail(claim());
    store().cancel(batch.jobs().get(2)).await();

    Batch open = found(batch);

    assertThat(open.open()).isEqualTo(1);
    assertThat(open.finishedAt()).isNull();
    complete(claim());
    Batch finished = found(batch);
    assertThat(finished.open()).isZero();
    assertThat(
            List.of(
                finished.succeeded(), finished.failed(), finished.cancelled(), finished.expired()))
        .containsExactly(2, 1, 1, 0);
    assertThat(finished.finishedAt()).isEqualTo(job(batch.jobs().get(3)).finishedAt());
  }

  @Test
  default void aCrashAndARetryDoNotCountTwice() {
    NewBatch batch = aBatch(1);
    answerTo(batch);
    loseAClaim();
    Assignment second = claim();
    retry(second, Duration.ZERO);
    Assignment third = claimSoon();

    complete(third);
    complete(third);
    fail(second);

    assertThat(found(batch).succeeded()).isEqualTo(1);
    assertThat(found(batch).failed()).isZero();
  }

  @Test
  default void eachCaptureOfABatchHasItsOwnSchedule() {
    var later = aRequest(aCaptureOf("https://a.example/"), schedule(FUTURE), null);
    var first = aRequest(aCaptureOf("https://a.example/"), QueueSteps.of(Priority.HIGH), null);
    var hurried =
        aRequest(
            aCaptureOf("https://a.example/"),
            QueueSteps.schedule(null, null, Duration.ofMillis(1)),
            null);
    NewBatch batch = aBatch(null, TenantPlan.DEFAULT, List.of(aRequest(), later, first, hurried));
    answerTo(batch);

    assertThat(job(batch.jobs().get(1)).state()).isEqualTo(JobState.SCHEDULED);
    assertThat(expiredSoon()).containsExactly(batch.jobs().get(3));
    assertThat(claimedJob()).isEqualTo(batch.jobs().get(2));
    assertThat(found(batch).expired()).isEqualTo(1);
  }

  @Test
  default void aBatchIsTakenWholeOrNotAtAll() {
    var three = new TenantPlan(1, 100, 3, 0, 1);
    submit(aJobOf(A, three));
    NewBatch batch = aBatch(null, three, requests(3));

    assertThat(answerTo(batch)).isEqualTo(new Full(true, 1, Optional.empty()));
    assertThat(batchesFor(3).submit(aBatch(3)).await())
        .isEqualTo(new Full(false, 1, Optional.empty()));

    assertThat(batches().find(batch.id()).await()).isEmpty();
    assertThat(store().find(batch.jobs().get(0)).await()).isEmpty();
    claim();
    assertThat(answerTo(batch)).isInstanceOf(BatchAccepted.class);
  }

  @Test
  default void whoseBatchCouldNeverComeInIsNotToldToComeAgain() {
    var two = new TenantPlan(1, 100, 2, 0, 1);

    assertThat(answerTo(aBatch(null, two, requests(3)))).isEqualTo(new TooLarge(2));
    assertThat(batchesFor(2).submit(aBatch(3)).await()).isEqualTo(new TooLarge(2));
  }

  @Test
  default void aBatchThatIsLargerThanTheBurstComesInAndTakesAllOfIt() {
    var slow = new TenantPlan(1, 100, 100, 0.01, 2);
    assertThat(answerTo(aBatch(null, slow, requests(5)))).isInstanceOf(BatchAccepted.class);

    SubmitResult next = answerTo(aBatch(null, slow, requests(1)));

    assertThat(next).isInstanceOf(Throttled.class);
    // One capture in a hundred seconds: no debt is kept beyond the next.
    assertThat(((Throttled) next).retryAfter())
        .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
  }

  @Test
  default void aKeyStandsForTheBatchThatWasSubmittedUnderIt() {
    List<CaptureRequest> two = requests(2);
    NewBatch batch = aBatch("order-1", TenantPlan.DEFAULT, two);
    answerTo(batch);

    assertThat(answerTo(aBatch("order-1", TenantPlan.DEFAULT, two)))
        .isEqualTo(new BatchReplayed(batch.id()));
    assertThat(answerTo(aBatch("order-1", TenantPlan.DEFAULT, requests(3))))
        .isEqualTo(new KeyReused(batch.id().value()));
    assertThat(tryClaim()).isPresent();
    assertThat(tryClaim()).isPresent();
    assertThat(tryClaim()).isEmpty();
  }

  @Test
  default void aCancelledBatchEndsWhatHasNotEnded() {
    NewBatch batch = aBatch(250);
    answerTo(batch);
    complete(claim());
    Assignment running = claim();

    assertThat(batches().cancel(batch.id()).await()).isTrue();

    assertThat(complete(running)).isEqualTo(LeaseReply.CANCELLED);
    Batch cancelled = found(batch);
    assertThat(cancelled.cancelled()).isEqualTo(249);
    assertThat(cancelled.succeeded()).isEqualTo(1);
    assertThat(cancelled.finishedAt()).isNotNull();
    assertThat(batches().cancel(batch.id()).await()).isTrue();
    assertThat(batches().cancel(BatchId.next(Instant.now(), new Random())).await()).isFalse();
  }

  @Test
  default void itsMembersAreReadAPageAtATimeAndAForgottenOneKeepsItsPlace() {
    NewBatch batch = aBatch(3);
    answerTo(batch);
    store().delete(batch.jobs().get(1)).await();

    List<Member> first = batches().listMembers(batch.id(), 0, 2).await();
    List<Member> rest = batches().listMembers(batch.id(), 2, 2).await();

    assertThat(first).extracting(Member::id).isEqualTo(batch.jobs().subList(0, 2));
    assertThat(first.get(0).job().map(Job::state)).contains(JobState.QUEUED);
    assertThat(first.get(1).job()).isEmpty();
    assertThat(rest).extracting(Member::id).isEqualTo(batch.jobs().subList(2, 3));
    assertThat(found(batch).cancelled()).isEqualTo(1);
  }

  @Test
  default void aBatchIsForgottenWithTheLastOfItsJobs() {
    NewBatch batch = aBatch(2);
    answerTo(batch);
    complete(claim());
    complete(claim());
    upkeep(new Retention(Duration.ofDays(1), 1, Long.MAX_VALUE, 1_000, Long.MAX_VALUE))
        .trimFinished(10)
        .await();
    assertThat(found(batch).succeeded()).isEqualTo(2);

    store().delete(batch.jobs().get(1)).await();

    assertThat(batches().find(batch.id()).await()).isEmpty();
    assertThat(batches().listMembers(batch.id(), 0, 10).await()).isEmpty();
  }

  @Test
  default void aThousandCapturesComeInAtOnce() {
    NewBatch batch = aBatch(BatchRequest.MOST_CAPTURES);

    assertThat(answerTo(batch)).isInstanceOf(BatchAccepted.class);

    assertThat(ids(batch.id())).isEqualTo(batch.jobs());
    assertThat(claimedJob()).isEqualTo(batch.jobs().get(0));
  }

  private Batch found(NewBatch batch) {
    return batches().find(batch.id()).await().orElseThrow();
  }

  private SubmitResult answerTo(NewBatch batch) {
    return batches().submit(batch).await();
  }

  private List<JobId> ids(BatchId batch) {
    return batches().listMembers(batch, 0, 2_000).await().stream().map(Member::id).toList();
  }

  static NewBatch aBatch(int captures) {
    return aBatch(null, TenantPlan.DEFAULT, requests(captures));
  }

  private static NewBatch aBatch(
      @Nullable String key, TenantPlan plan, List<CaptureRequest> requests) {
    var random = new Random();
    Instant now = Instant.now();
    return new NewBatch(
        BatchId.next(now, random),
        A,
        plan,
        new ArrayList<>(requests.stream().map(request -> JobId.next(now, random)).toList()),
        new BatchRequest(requests, null, "{\"order\":7}"),
        key);
  }

  private static List<CaptureRequest> requests(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> aRequest(aCaptureOf("https://a.example/" + i), Schedule.AT_ONCE, null))
        .toList();
  }

  private static Schedule schedule(Instant notBefore) {
    return QueueSteps.schedule(notBefore, null, null);
  }
}
