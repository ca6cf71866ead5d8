package dev.tintype.worker;

import static dev.tintype.capture.Schedule.AT_ONCE;
import static dev.tintype.testing.Fixtures.aCaptureOf;
import static dev.tintype.testing.Fixtures.aJobFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import dev.tintype.job.RetryPolicy;
import dev.tintype.job.Tenant;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.RedisJobEvents;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.PageServer;
import dev.tintype.testing.RedisServer;
import dev.tintype.worker.browser.BrowserLaunch;
import dev.tintype.worker.browser.BrowserSettings;
import dev.tintype.worker.capture.PlaywrightPhotographer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
  void cancelEndsAPageWithAnEndlessScript() {
    try (var pages = PageServer.start()) {
      Promise<Void> script = Promise.promise();
      pages
          .page("/", "<script src='/endless.js'></script>")
          .page("/next", "<p>next")
          .handle(
              "/endless.js",
              exchange -> {
                byte[] body = "while (true);".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
                script.complete();
              });
      NewJob endless = aJobFor(Fixtures.aRequest(aCaptureOf(pages.url("/")), AT_ONCE, null));
      store.submit(endless).await();
      var events = new EndedRuns(new RedisJobEvents(redis, namespace));
      WorkerVerticle worker = worker(queue(), events, RetryPolicy.DEFAULT);
      vertx.deployVerticle(worker).await();
      script.future().await();

      long begin = System.nanoTime();
      store.cancel(endless.id()).await();
      events.ended(endless.id()).await();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);

      // Half a second on an idle machine; the capture's own timeout is a minute.
      assertThat(took).isLessThan(Duration.ofSeconds(30));
      assertThat(timeline(endless)).containsExactly(Event.QUEUED, Event.STARTED, Event.CANCELLED);
      NewJob next = aJobFor(Fixtures.aRequest(aCaptureOf(pages.url("/next")), AT_ONCE, null));
      store.submit(next).await();
      events.ended(next.id()).await();
      assertThat(timeline(next)).as("the browser that replaces it").endsWith(Event.SUCCEEDED);
      worker.drain().await();
    }
  }

  @Test
  void failedAttemptsAreRetriedUpToTheMaximum() throws InterruptedException {
    String closed;
    try (var pages = PageServer.start()) {
      closed = pages.url("/");
    }
    NewJob job = aJobFor(Fixtures.aRequest(aCaptureOf(closed), AT_ONCE, null));
    store.submit(job).await();
    BlockingQueue<JobId> notices = new LinkedBlockingQueue<>();
    new RedisJobEvents(redis, namespace).onFinished(job.id(), () -> notices.add(job.id()));
    WorkerVerticle worker =
        worker(
            queue(),
            new RedisJobEvents(redis, namespace),
            new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1)));
    vertx.deployVerticle(worker).await();

    while (!store.find(job.id()).await().orElseThrow().state().isFinal()) {
      assertThat(notices.poll(90, TimeUnit.SECONDS)).isNotNull();
    }

    assertThat(timeline(job))
        .containsExactly(
            Event.QUEUED,
            Event.STARTED,
            Event.ATTEMPT_FAILED,
            Event.QUEUED,
            Event.STARTED,
            Event.ATTEMPT_FAILED,
            Event.QUEUED,
            Event.STARTED,
            Event.FAILED);
    worker.drain().await();
  }

  private List<Event> timeline(NewJob job) {
    return store.findTimeline(job.id()).await().stream().map(TimelineEntry::event).toList();
  }

  private RedisJobQueue queue() {
    return new RedisJobQueue(redis, namespace, RedisJobQueue.DEFAULT_LEASE, 100);
  }

  private WorkerVerticle worker(JobQueue queue, JobEvents events, RetryPolicy retries) {
    var launch = new BrowserLaunch(BrowserSettings.defaults());
    return new WorkerVerticle(
        new WorkerConfig(
            new Worker("w", 1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            retries),
        queue,
        events,
        new RedisImageStore(redis, namespace),
        name -> PlaywrightPhotographer.start(vertx, name, launch, null, System::nanoTime));
  }

  /** Knows when a run is over: the worker then closes its registration for the end of the job. */
  private record EndedRuns(JobEvents events, Map<JobId, Promise<Void>> ends) implements JobEvents {
    EndedRuns(JobEvents events) {
      this(events, new ConcurrentHashMap<>());
    }

    Future<Void> ended(JobId id) {
      return ends.computeIfAbsent(id, job -> Promise.promise()).future();
    }

    @Override
    public Registration onFinished(JobId id, Runnable listener) {
      Registration registration = events.onFinished(id, listener);
      return () -> {
        registration.close();
        ends.computeIfAbsent(id, job -> Promise.promise()).tryComplete();
      };
    }

    @Override
    public Registration onFinished(BatchId id, Runnable listener) {
      return events.onFinished(id, listener);
    }

    @Override
    public Registration onQueued(Runnable listener) {
      return events.onQueued(listener);
    }

    @Override
    public Registration onEvent(Tenant tenant, Runnable listener) {
      return events.onEvent(tenant, listener);
    }
  }
}
