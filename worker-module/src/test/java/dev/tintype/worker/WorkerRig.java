package dev.tintype.worker;

import static dev.tintype.testing.Fixtures.aJob;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.RetryPolicy;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.RedisJobEvents;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.ImageBytes;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A worker on the real queue in Redis, with photographers that the test directs. */
final class WorkerRig implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private final RedisConnections redis;
  private final RedisJobStore store;
  private final RedisImageStore images;
  private final RedisJobQueue queue;
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private final List<ScriptedPhotographer> photographers = new CopyOnWriteArrayList<>();

  WorkerRig(RedisServer server) {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.PATIENT).await();
    store = new RedisJobStore(redis, namespace, 1_000);
    images = new RedisImageStore(redis, namespace);
    // Leases that no pause of a busy machine outlasts: a test that wants one lost takes it away.
    queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(10), 100);
  }

  WorkerVerticle start(int browsers) {
    return start(browsers, Duration.ofMinutes(10), UnaryOperator.identity());
  }

  WorkerVerticle start(int browsers, Duration grace, UnaryOperator<JobQueue> wrap) {
    var config =
        new WorkerConfig(
            new Worker("w", browsers),
            grace,
            Duration.ofMillis(100),
            Duration.ofHours(1),
            new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1)));
    var worker =
        new WorkerVerticle(
            config,
            wrap.apply(queue),
            new RedisJobEvents(redis, namespace),
            images,
            name -> {
              var photographer = new ScriptedPhotographer(name);
              photographers.add(photographer);
              return Future.succeededFuture(photographer);
            });
    deployments.add(vertx.deployVerticle(worker).await());
    return worker;
  }

  /** The photographer of a worker that has one. */
  ScriptedPhotographer photographer() {
    return photographers.get(0);
  }

  List<ScriptedPhotographer> photographers() {
    return photographers;
  }

  JobQueue queue() {
    return queue;
  }

  JobId submit() {
    NewJob job = aJob();
    store.submit(job).await();
    return job.id();
  }

  void cancel(JobId id) {
    store.cancel(id).await();
  }

  Job job(JobId id) {
    return store.find(id).await().orElseThrow();
  }

  /** The job, as soon as it is in this state. */
  Job await(JobId id, JobState state) {
    Eventually.holds(id + " is " + state, LIMIT, () -> job(id).state() == state);
    return job(id);
  }

  List<Event> timeline(JobId id) {
    return store.findTimeline(id).await().stream().map(TimelineEntry::event).toList();
  }

  /** The job's timeline, as soon as it has this event. */
  List<Event> awaitTimeline(JobId id, Event event) {
    Eventually.holds(id + " has " + event, LIMIT, () -> timeline(id).contains(event));
    return timeline(id);
  }

  String image(String key) {
    return ImageBytes.of(images, key).orElseThrow().toString();
  }

  @Override
  public void close() {
    deployments.forEach(id -> vertx.undeploy(id).await());
    redis.close().await();
    vertx.close().await();
  }
}
