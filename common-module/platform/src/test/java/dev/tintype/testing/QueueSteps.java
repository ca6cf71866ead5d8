package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJobFor;
import static dev.tintype.testing.Fixtures.aRequest;

import dev.tintype.capture.Priority;
import dev.tintype.capture.Schedule;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.TenantPlan;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the suites of the queue do again and again. */
public interface QueueSteps extends QueueAccess {
  Tenant A = new Tenant("a");
  Tenant B = new Tenant("b");
  Failure TIMED_OUT = new Failure(FailureCode.TIMEOUT, "60 s were not enough");
  Instant PAST = Instant.ofEpochMilli(1);
  Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

  // As many submissions as are on their way at once, well under what a connection takes.
  int AT_ONCE = 1_000;

  default JobId submit(Schedule schedule) {
    return submit(aJobFor(aRequest(schedule)));
  }

  default SubmitResult answerTo(NewJob job) {
    return store().submit(job).await();
  }

  /** Submits many, without waiting for each. */
  default void submitAll(List<NewJob> jobs) {
    JobStore store = store();
    for (int from = 0; from < jobs.size(); from += AT_ONCE) {
      var some = jobs.subList(from, Math.min(jobs.size(), from + AT_ONCE));
      Future.all(some.stream().map(store::submit).toList()).await();
    }
  }

  default JobId claimedJob() {
    return claim().lease().job();
  }

  default LeaseReply retry(Assignment assignment, Duration pause) {
    return queue().fail(assignment.lease(), TIMED_OUT, Optional.of(pause)).await();
  }

  default LeaseReply fail(Assignment assignment) {
    return queue().fail(assignment.lease(), TIMED_OUT, Optional.empty()).await();
  }

  /** Stores an image of three bytes, as a worker does before it completes. */
  default void putImage(Assignment assignment) {
    images().put(assignment.imageKey(), Buffer.buffer("png"), Duration.ofHours(1)).await();
  }

  default boolean isStored(Assignment assignment) {
    return images().size(assignment.imageKey()).await().isPresent();
  }

  /** Claims until there is a job, for one whose time comes within milliseconds. */
  default Assignment claimSoon() {
    return QueueAccess.untilAny(() -> tryClaim().stream().toList()).get(0);
  }

  /** Expires what is waiting, until something has expired. */
  default List<JobId> expiredSoon() {
    return QueueAccess.untilAny(() -> upkeep().expireWaiting(100).await());
  }

  /** Lets time pass, with looks that no step of the queue has a part in. */
  default void letPass(Duration time) {
    Instant end = Instant.now().plus(time);
    QueueAccess.untilAny(
        () -> {
          images().size("nothing").await();
          return Instant.now().isAfter(end) ? List.of(true) : List.<Boolean>of();
        });
  }

  static Schedule schedule(
      @Nullable Instant notBefore, @Nullable Instant deadline, @Nullable Duration queueTimeout) {
    return new Schedule(Priority.NORMAL, notBefore, deadline, queueTimeout);
  }

  static Schedule of(Priority priority) {
    return new Schedule(priority, null, null, null);
  }

  /** A plan that limits nothing but what runs at once. */
  static TenantPlan running(int maxRunning) {
    return new TenantPlan(1, maxRunning, 1_000_000, 0, 1);
  }

  /** The same job, older by its id than any other. */
  static NewJob oldest(NewJob job) {
    return new NewJob(
        JobId.firstOf(Instant.EPOCH),
        job.tenant(),
        job.plan(),
        job.request(),
        job.idempotencyKey());
  }

  static NewJob on(String host, Tenant tenant) {
    var request = aRequest(Fixtures.aCaptureOf(host), Schedule.AT_ONCE, null);
    return aJobFor(tenant, TenantPlan.DEFAULT, request);
  }
}
