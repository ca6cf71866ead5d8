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
 * Claims jobs for idle browsers and keeps their leases alive, on an event loop that no render can
 * hold up.
 *
 * <p>A job is claimed only when a browser can begin with it at once: one that was claimed ahead
 * would age under its lease and run twice.
 */
public final class WorkerVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(WorkerVerticle.class);

  // Announcements may be lost; this is how late a job can then be noticed.
  private static final long POLL_MILLIS = 1_000;

  private final WorkerConfig config;
  private final JobQueue queue;
  private final JobEvents events;
  private final ImageStore images;
  private final PhotographerFactory factory;

  private final List<Photographer> photographers = new ArrayList<>();
  private final Map<Photographer, JobRun> runs = new HashMap<>();
  private final Promise<Void> drained = Promise.promise();
  private String nonce = newNonce();
  private boolean claiming;
  private boolean claimAgain;
  private boolean draining;
  private boolean leaving;
  private boolean queueAway;

  /** Starts a photographer under a name; called on the worker's event loop. */
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
   * Stops claiming, lets captures finish within the grace, gives the rest back to the queue, and
   * ends the browsers. To be awaited before the verticle is undeployed, from any thread.
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
                // The claim may have been carried out: with its nonce kept, the next one is
                // answered with the same job.
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
    // The order to stop came while the claim was under way.
    claiming = true;
    giveBack(assignment.lease())
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
    // A job that ends while it is worked on has been cancelled; the next renewal would say so, too,
    // but later.
    var end = events.onFinished(run.lease().job(), () -> renew(List.of(run)));
    // It may have ended between the claim and this.
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

  /** Also with nothing to renew: it says that this worker is there. */
  private void renew(List<JobRun> held) {
    queue
        .renew(config.worker(), held.stream().map(JobRun::lease).toList())
        .onFailure(this::noteQueue)
        .onSuccess(
            replies ->
                held.stream()
                    // It may have ended while the answer was on its way.
                    .filter(runs::containsValue)
                    .forEach(run -> heed(run, replies.get(run.lease()))));
  }

  private static void heed(JobRun run, @Nullable LeaseReply reply) {
    if (reply == LeaseReply.CANCELLED) {
      run.abandon("the job is cancelled");
    } else if (reply == LeaseReply.LEASE_LOST) {
      run.abandon("the lease is lost");
    }
  }

  private void releaseRuns() {
    for (JobRun run : List.copyOf(runs.values())) {
      giveBack(run.lease()).onComplete(released -> run.abandon("the worker stops"));
    }
  }

  private Future<LeaseReply> giveBack(Lease lease) {
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
      endBrowsers();
    }
  }

  private void endBrowsers() {
    Future<Void> left =
        queue
            .leave(config.worker())
            // The others take it for alive for the length of a lease; that is all.
            .onFailure(this::noteQueue)
            .otherwiseEmpty();
    Future.join(photographers.stream().map(Photographer::close).toList())
        .eventually(() -> left)
        .onComplete(
            closed -> {
              log.info("event=worker_drained worker={}", config.worker().name());
              drained.tryComplete();
            });
  }

  /** One line when the queue goes away and one when it comes back, however often it is asked. */
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
