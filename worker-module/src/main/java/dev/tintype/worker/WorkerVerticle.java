package dev.tintype.worker;

import dev.tintype.image.ImageStore;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.worker.capture.Photographer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims jobs for idle photographers and renews their leases, on an event loop that no render can
 * block.
 *
 * <p>A job is claimed only when a photographer can begin with it at once. The lease of a job
 * claimed ahead would expire while it waits, and the job would run twice.
 */
public final class WorkerVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(WorkerVerticle.class);

  // Announcements may be lost. Then a job is noticed this much later.
  private static final long POLL_MILLIS = 1_000;

  private final WorkerConfig config;
  private final JobQueue queue;
  private final JobEvents events;
  private final ImageStore images;
  private final PhotographerFactory factory;

  private final List<Photographer> photographers = new ArrayList<>();
  private final Map<Photographer, JobRun> runs = new HashMap<>();
  private final Promise<Void> drained = Promise.promise();
  private Future<?> closed = Future.succeededFuture();
  private String nonce = newNonce();
  private boolean claiming;
  private boolean claimAgain;
  private boolean draining;
  private boolean leaving;
  private boolean queueAway;

  /** Starts a photographer with this name. Called on the worker's event loop. */
  @FunctionalInterface
  public interface PhotographerFactory {
    Future<Photographer> start(String name);
  }

  public WorkerVerticle(
      WorkerConfig config,
      JobQueue queue,
      JobEvents events,
      ImageStore images,
      PhotographerFactory factory) {
    this.config = config;
    this.queue = queue;
    this.events = events;
    this.images = images;
    this.factory = factory;
  }

  @Override
  public Future<?> start() {
    var starts =
        IntStream.range(0, config.worker().browsers())
            .mapToObj(i -> factory.start("browser-" + i))
            .toList();
    return Future.all(starts)
        .onSuccess(
            all -> {
              all.<Photographer>list().forEach(photographers::add);
              events.onQueued(this::claimWhileIdle);
              vertx.setPeriodic(POLL_MILLIS, tick -> claimWhileIdle());
              vertx.setPeriodic(config.renewEvery().toMillis(), tick -> renewAll());
              log.info(
                  "event=worker_ready worker={} browsers={}",
                  config.worker().name(),
                  config.worker().browsers());
              renewAll();
              claimWhileIdle();
            });
  }

  /**
   * Stops claiming, lets captures finish within the grace period, releases the jobs of the others,
   * and closes the photographers. Await it before the verticle is undeployed. Call it from any
   * thread.
   */
  public Future<Void> drain() {
    context.runOnContext(
        now -> {
          if (draining) {
            return;
          }
          draining = true;
          log.info(
              "event=draining worker={} running={} grace={}s",
              config.worker().name(),
              runs.size(),
              config.grace().toSeconds());
          // Now and not at the end: a browser that dies meanwhile needs no successor.
          closed = Future.join(photographers.stream().map(Photographer::close).toList());
          vertx.setTimer(Math.max(1, config.grace().toMillis()), over -> releaseRuns());
          leaveIfDone();
        });
    return drained.future();
  }

  private void claimWhileIdle() {
    if (claiming) {
      claimAgain = true;
      return;
    }
    Optional<Photographer> idle =
        photographers.stream().filter(p -> p.isIdle() && !runs.containsKey(p)).findFirst();
    if (draining || idle.isEmpty()) {
      return;
    }
    claiming = true;
    claimAgain = false;
    queue
        .claim(config.worker(), nonce)
        .onComplete(
            claim -> {
              claiming = false;
              if (claim.failed()) {
                // The claim may have succeeded without its reply. With the same nonce, the next
                // one returns the same job.
                noteQueue(claim.cause());
              } else {
                noteQueue(null);
                nonce = newNonce();
                claim.result().ifPresent(assignment -> take(idle.get(), assignment));
                if (claim.result().isPresent() || claimAgain) {
                  claimWhileIdle();
                }
              }
              leaveIfDone();
            });
  }

  private void take(Photographer photographer, Assignment assignment) {
    if (!draining) {
      begin(photographer, assignment);
      return;
    }
    // The drain began while the claim was in flight.
    claiming = true;
    release(assignment.lease())
        .onComplete(
            released -> {
              claiming = false;
              leaveIfDone();
            });
  }

  private void begin(Photographer photographer, Assignment assignment) {
    var publisher = new Publisher(vertx, queue, images, config.imageRetention());
    var run = new JobRun(vertx, queue, publisher, config, photographer, assignment, () -> draining);
    runs.put(photographer, run);
    // A job that ends while it runs has been cancelled. The next periodic renewal would say so,
    // too, but later.
    var end = events.onFinished(run.lease().job(), () -> renew(List.of(run)));
    // The job may have ended between the claim and this registration.
    renew(List.of(run));
    run.run()
        .onComplete(
            ended -> {
              end.close();
              runs.remove(photographer);
              leaveIfDone();
              photographer.idle().onSuccess(idle -> claimWhileIdle());
            });
  }

  private void renewAll() {
    if (!leaving) {
      renew(List.copyOf(runs.values()));
    }
  }

  /** Also with nothing to renew: a renewal tells the queue that this worker is alive. */
  private void renew(List<JobRun> held) {
    queue
        .renew(config.worker(), held.stream().map(JobRun::lease).toList())
        .onFailure(this::noteQueue)
        .onSuccess(
            replies ->
                held.stream()
                    // The run may have ended while the reply was in flight.
                    .filter(runs::containsValue)
                    .forEach(run -> abandonIfLost(run, replies.get(run.lease()))));
  }

  private static void abandonIfLost(JobRun run, @Nullable LeaseReply reply) {
    if (reply == LeaseReply.CANCELLED) {
      run.abandon("the job is cancelled");
    } else if (reply == LeaseReply.LEASE_LOST) {
      run.abandon("the lease is lost");
    }
  }

  private void releaseRuns() {
    for (JobRun run : List.copyOf(runs.values())) {
      release(run.lease()).onComplete(released -> run.abandon("the worker stops"));
    }
  }

  private Future<LeaseReply> release(Lease lease) {
    return queue
        .release(lease)
        .onSuccess(
            reply ->
                log.warn(
                    "event=released job={} attempt={} limit={}s reply={}",
                    lease.job(),
                    lease.attempt(),
                    config.grace().toSeconds(),
                    reply))
        .onFailure(
            failure ->
                log.warn(
                    "event=release_failed job={} attempt={} error=\"{}\"",
                    lease.job(),
                    lease.attempt(),
                    failure.getMessage()));
  }

  private void leaveIfDone() {
    if (draining && !leaving && !claiming && runs.isEmpty()) {
      leaving = true;
      leave();
    }
  }

  private void leave() {
    queue
        .leave(config.worker())
        // Then others count this worker as alive until its last renewal expires.
        .onFailure(this::noteQueue)
        .otherwiseEmpty()
        .eventually(() -> closed)
        .onComplete(
            left -> {
              log.info("event=worker_drained worker={}", config.worker().name());
              drained.tryComplete();
            });
  }

  /** Logs one line when the queue becomes unreachable and one when it is back. */
  private void noteQueue(@Nullable Throwable failure) {
    if (failure != null && !queueAway) {
      log.warn(
          "event=queue_away worker={} error=\"{}\"", config.worker().name(), failure.getMessage());
    } else if (failure == null && queueAway) {
      log.info("event=queue_back worker={}", config.worker().name());
    }
    queueAway = failure != null;
  }

  private static String newNonce() {
    return UUID.randomUUID().toString();
  }
}
