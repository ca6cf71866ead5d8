package dev.tintype.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.Worker;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The claim loop, with the real queue and without a browser. */
class WorkerVerticleTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final Duration LONG_GRACE = Duration.ofMinutes(10);

  private WorkerRig rig;

  @BeforeEach
  void open() {
    rig = new WorkerRig(server);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void successfulCaptureIsPublished() throws Exception {
    rig.start(1);
    JobId job = rig.submit();

    rig.photographer().next().succeed("the page");

    CaptureResult result = Objects.requireNonNull(rig.await(job, JobState.SUCCEEDED).result());
    assertThat(rig.image(result.images().get(0).key())).isEqualTo("the page");
    assertThat(rig.timeline(job)).containsExactly(Event.QUEUED, Event.STARTED, Event.SUCCEEDED);
  }

  @Test
  void eachIdlePhotographerGetsOneJob() throws Exception {
    rig.start(2);
    for (int i = 0; i < 3; i++) {
      rig.submit();
    }

    for (ScriptedPhotographer each : rig.photographers()) {
      each.next();
      assertThat(each.hasNext()).isFalse();
    }
  }

  @Test
  void jobIsClaimedOnlyWhenThePhotographerIsIdleAgain() throws Exception {
    rig.start(1);
    JobId first = rig.submit();
    ScriptedPhotographer photographer = rig.photographer();
    ScriptedPhotographer.Running running = photographer.next();
    JobId second = rig.submit();
    running.succeed("first");
    rig.await(first, JobState.SUCCEEDED);
    assertThat(rig.job(second).state()).isEqualTo(JobState.QUEUED);

    photographer.becomeIdle();

    photographer.next().succeed("second");
    rig.await(second, JobState.SUCCEEDED);
  }

  @Test
  void cancelledJobIsAbortedAndTheNextOneRuns() throws Exception {
    rig.start(1);
    JobId job = rig.submit();
    ScriptedPhotographer photographer = rig.photographer();
    photographer.next();

    rig.cancel(job);

    assertThat(photographer.abortReason()).isEqualTo("the job is cancelled");
    JobId next = rig.submit();
    photographer.next().succeed("next");
    rig.await(next, JobState.SUCCEEDED);
    assertThat(rig.timeline(job)).containsExactly(Event.QUEUED, Event.STARTED, Event.CANCELLED);
  }

  @Test
  void lostLeaseAbortsTheCapture() throws Exception {
    rig.start(1);
    JobId job = rig.submit();
    ScriptedPhotographer photographer = rig.photographer();
    photographer.next();

    // As if another worker had reclaimed it.
    rig.queue().release(new Lease(job, 1)).await();

    assertThat(photographer.abortReason()).isEqualTo("the lease is lost");
    photographer.next().succeed("second attempt");
    CaptureResult result = Objects.requireNonNull(rig.await(job, JobState.SUCCEEDED).result());
    assertThat(rig.image(result.images().get(0).key())).isEqualTo("second attempt");
  }

  @Test
  void deadBrowserFailsTheAttemptAndTheJobIsRetried() throws Exception {
    rig.start(1);
    JobId job = rig.submit();
    ScriptedPhotographer photographer = rig.photographer();

    photographer.next().fail(FailureCode.BROWSER_FAILED);
    photographer.becomeIdle();

    photographer.next().succeed("second attempt");
    rig.await(job, JobState.SUCCEEDED);
    assertThat(rig.timeline(job))
        .containsExactly(
            Event.QUEUED,
            Event.STARTED,
            Event.ATTEMPT_FAILED,
            Event.QUEUED,
            Event.STARTED,
            Event.SUCCEEDED);
  }

  @Test
  void permanentFailureIsNotRetried() throws Exception {
    rig.start(1);
    JobId job = rig.submit();

    rig.photographer().next().fail(FailureCode.NOT_A_PAGE);

    Failure failure = Objects.requireNonNull(rig.await(job, JobState.FAILED).failure());
    assertThat(failure).isEqualTo(new Failure(FailureCode.NOT_A_PAGE, "scripted"));
    assertThat(rig.timeline(job)).containsExactly(Event.QUEUED, Event.STARTED, Event.FAILED);
  }

  @Test
  void unexpectedExceptionFailsTheAttempt() throws Exception {
    rig.start(1);
    JobId job = rig.submit();

    rig.photographer().next().fail(new IllegalStateException("not for the client"));

    assertThat(rig.awaitTimeline(job, Event.ATTEMPT_FAILED))
        .startsWith(Event.QUEUED, Event.STARTED, Event.ATTEMPT_FAILED);
  }

  @Test
  void drainWaitsForTheRunningCaptureAndClaimsNothingMore() throws Exception {
    WorkerVerticle worker = rig.start(1);
    JobId job = rig.submit();
    ScriptedPhotographer photographer = rig.photographer();
    ScriptedPhotographer.Running running = photographer.next();

    Future<Void> drained = worker.drain();
    photographer.awaitCloseCall();
    JobId late = rig.submit();
    running.succeed("in time");
    await(drained);

    assertThat(rig.job(job).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(rig.job(late).state()).isEqualTo(JobState.QUEUED);
    assertThat(photographer.wasAborted()).isFalse();
  }

  @Test
  void captureThatOutlastsTheGraceIsAbortedAndItsJobReleased() throws Exception {
    WorkerVerticle worker = rig.start(1, Duration.ofMillis(1), UnaryOperator.identity());
    JobId job = rig.submit();
    rig.photographer().next();

    await(worker.drain());

    assertThat(rig.photographer().abortReason()).isEqualTo("the worker stops");
    assertThat(rig.timeline(job)).containsExactly(Event.QUEUED, Event.STARTED, Event.RELEASED);
  }

  @Test
  void browserThatDiesDuringADrainReleasesTheJob() throws Exception {
    WorkerVerticle worker = rig.start(1);
    JobId job = rig.submit();
    ScriptedPhotographer.Running running = rig.photographer().next();

    Future<Void> drained = worker.drain();
    rig.photographer().awaitCloseCall();
    running.fail(FailureCode.BROWSER_FAILED);
    await(drained);

    assertThat(rig.timeline(job)).containsExactly(Event.QUEUED, Event.STARTED, Event.RELEASED);
  }

  @Test
  void jobClaimedDuringADrainIsReleased() throws Exception {
    JobId job = rig.submit();
    var claims = new HeldClaim(rig.queue());
    WorkerVerticle worker = rig.start(1, LONG_GRACE, queue -> claims);
    Context loop = await(claims.carriedOut.future());

    Future<Void> drained = worker.drain();
    // On the worker's own context, and therefore after the drain has begun there.
    loop.runOnContext(now -> claims.reply.complete());
    await(drained);

    assertThat(rig.timeline(job)).containsExactly(Event.QUEUED, Event.STARTED, Event.RELEASED);
  }

  @Test
  void claimWhoseReplyIsLostIsAnsweredWithTheSameJob() throws Exception {
    JobId job = rig.submit();
    rig.start(1, LONG_GRACE, LostClaimReply::new);

    rig.photographer().next().succeed("the page");

    rig.await(job, JobState.SUCCEEDED);
    assertThat(rig.timeline(job)).containsExactly(Event.QUEUED, Event.STARTED, Event.SUCCEEDED);
  }

  @Test
  void resultWhoseReplyIsLostIsPublishedOnce() throws Exception {
    JobId job = rig.submit();
    var queue = new LostCompleteReply(rig.queue());
    rig.start(1, LONG_GRACE, real -> queue);

    rig.photographer().next().succeed("the page");

    assertThat(await(queue.second.future())).isEqualTo(LeaseReply.OK);
    CaptureResult result = Objects.requireNonNull(rig.job(job).result());
    assertThat(rig.image(result.images().get(0).key())).isEqualTo("the page");
    assertThat(rig.timeline(job)).containsExactly(Event.QUEUED, Event.STARTED, Event.SUCCEEDED);
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(60, TimeUnit.SECONDS);
  }

  /** Carries a claim out, and holds the reply back until the test lets it go. */
  private static final class HeldClaim extends ForwardingJobQueue {
    private final Promise<Context> carriedOut = Promise.promise();
    private final Promise<Void> reply = Promise.promise();

    HeldClaim(JobQueue queue) {
      super(queue);
    }

    @Override
    public Future<Optional<Assignment>> claim(Worker worker, String nonce) {
      Context loop = Vertx.currentContext();
      return super.claim(worker, nonce)
          .onSuccess(claimed -> carriedOut.tryComplete(loop))
          .compose(claimed -> reply.future().map(claimed));
    }
  }

  /** Carries the first claim out, and fails as if the connection had dropped before the reply. */
  private static final class LostClaimReply extends ForwardingJobQueue {
    private boolean lost;

    LostClaimReply(JobQueue queue) {
      super(queue);
    }

    @Override
    public Future<Optional<Assignment>> claim(Worker worker, String nonce) {
      if (lost) {
        return super.claim(worker, nonce);
      }
      lost = true;
      return super.claim(worker, nonce)
          .compose(claimed -> Future.failedFuture("the connection dropped"));
    }
  }

  /** The same for the first completion. */
  private static final class LostCompleteReply extends ForwardingJobQueue {
    private final Promise<LeaseReply> second = Promise.promise();
    private boolean lost;

    LostCompleteReply(JobQueue queue) {
      super(queue);
    }

    @Override
    public Future<LeaseReply> complete(Lease lease, CaptureResult result) {
      if (lost) {
        return super.complete(lease, result).onComplete(second::handle);
      }
      lost = true;
      return super.complete(lease, result)
          .compose(reply -> Future.failedFuture("the connection dropped"));
    }
  }
}
