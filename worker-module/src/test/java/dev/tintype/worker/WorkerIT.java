package dev.tintype.worker;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.CaptureResult;
import dev.tintype.job.Failure;
import dev.tintype.job.RetryPolicy;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.Worker;
import dev.tintype.redis.RedisConnections;
import dev.tintype.redis.RedisConnections.Patience;
import dev.tintype.redis.RedisImageStore;
import dev.tintype.redis.RedisJobEvents;
import dev.tintype.redis.RedisJobQueue;
import dev.tintype.redis.RedisJobStore;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisServer;
import dev.tintype.worker.browser.BrowserLaunch;
import dev.tintype.worker.browser.BrowserSettings;
import dev.tintype.worker.browser.BrowserVerticle;
import dev.tintype.worker.capture.Camera;
import dev.tintype.worker.capture.Photographer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkerIT {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private RedisConnections redis;
  private RedisJobStore store;

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.PATIENT).await();
    store = new RedisJobStore(redis, namespace, 1_000);
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    vertx.close().await();
  }

  @Test
  void aJobThatIsClaimedWhileTheWorkerIsToldToStopGoesBackUnharmed() {
    NewJob job = aJob();
    store.submit(job).await();
    var queue = new HeldClaims(queue());
    WorkerVerticle worker = worker(queue);
    vertx.deployVerticle(worker).await();
    Context loop = queue.carriedOut.future().await();

    Future<Void> drained = worker.drain();
    // On the worker's own context, behind the order to stop.
    loop.runOnContext(now -> queue.answer.complete());
    drained.await();

    assertThat(store.timeline(job.id()).await())
        .extracting(TimelineEntry::event)
        .containsExactly(Event.QUEUED, Event.STARTED, Event.RELEASED);
  }

  private RedisJobQueue queue() {
    return new RedisJobQueue(redis, namespace, RedisJobQueue.DEFAULT_LEASE, 100);
  }

  private WorkerVerticle worker(JobQueue queue) {
    var launch = new BrowserLaunch(BrowserSettings.defaults());
    return new WorkerVerticle(
        new WorkerConfig(
            new Worker("w", 1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            RetryPolicy.DEFAULT),
        queue,
        new RedisJobEvents(redis, namespace),
        new RedisImageStore(redis, namespace),
        name ->
            BrowserVerticle.deploy(vertx, name, launch, System::nanoTime)
                .map(browser -> new Photographer(new Camera(System::nanoTime), browser, null)));
  }

  /** Carries a claim out, and keeps the answer until the test lets it go. */
  private record HeldClaims(JobQueue queue, Promise<Context> carriedOut, Promise<Void> answer)
      implements JobQueue {
    HeldClaims(JobQueue queue) {
      this(queue, Promise.promise(), Promise.promise());
    }

    @Override
    public Future<Optional<Assignment>> claim(Worker worker, String nonce) {
      Context loop = Vertx.currentContext();
      return queue
          .claim(worker, nonce)
          .onSuccess(claimed -> carriedOut.tryComplete(loop))
          .compose(claimed -> answer.future().map(claimed));
    }

    @Override
    public Future<Map<Lease, LeaseReply>> renew(Worker worker, List<Lease> leases) {
      return queue.renew(worker, leases);
    }

    @Override
    public Future<LeaseReply> complete(Lease lease, CaptureResult result) {
      return queue.complete(lease, result);
    }

    @Override
    public Future<LeaseReply> fail(Lease lease, Failure failure, Optional<Duration> retryAfter) {
      return queue.fail(lease, failure, retryAfter);
    }

    @Override
    public Future<LeaseReply> release(Lease lease) {
      return queue.release(lease);
    }

    @Override
    public Future<Void> leave(Worker worker) {
      return queue.leave(worker);
    }
  }
}
