package dev.tintype.bench.queue;

import dev.tintype.queue.Lease;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.worker.UpkeepVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Tintype's rounds: some submissions always under way on one event loop, some consumers on another,
 * each with the connections that a process of its kind has.
 */
final class TintypeCycles implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final RedisConnections api;
  private final RedisConnections work;
  private final int jobs;
  private final int concurrency;
  private int round;

  TintypeCycles(String redisUri, int jobs, int concurrency) throws Exception {
    this.api = RedisConnections.connect(vertx, redisUri, Patience.FAIL_FAST).await();
    this.work = RedisConnections.connect(vertx, redisUri, Patience.PATIENT).await();
    this.jobs = jobs;
    this.concurrency = concurrency;
  }

  /** Jobs a second from the first submission to the last completion. */
  double rate() throws Exception {
    var queue = new TintypeQueue(api, work, "cycles-" + ++round, "bench");
    var consumers = new Consumers(queue);
    String consuming = vertx.deployVerticle(consumers).await();
    String upkeep = vertx.deployVerticle(new UpkeepVerticle(queue.upkeep())).await();
    var submitters = new Submitters(queue, consumers.allCompleted);
    long begin = System.nanoTime();
    String submitting = vertx.deployVerticle(submitters).await();
    consumers.allCompleted.future().await();
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (String verticle : new String[] {submitting, upkeep, consuming}) {
      vertx.undeploy(verticle).await();
    }
    return jobs / seconds;
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  /** Each submits its next job when the last one is stored. */
  private final class Submitters extends VerticleBase {
    private final TintypeQueue queue;
    private final Promise<Void> allCompleted;
    private int submitted;

    Submitters(TintypeQueue queue, Promise<Void> allCompleted) {
      this.queue = queue;
      this.allCompleted = allCompleted;
    }

    @Override
    public Future<?> start() {
      for (int i = 0; i < concurrency; i++) {
        submitNext();
      }
      return Future.succeededFuture();
    }

    private void submitNext() {
      if (submitted < jobs) {
        submitted++;
        queue.submit().onFailure(allCompleted::tryFail).onSuccess(accepted -> submitNext());
      }
    }
  }

  /**
   * Each claims, completes, claims again; rests when there is nothing, until a job is announced. An
   * announcement wakes one of them.
   */
  private final class Consumers extends VerticleBase {
    // As the worker's: announcements may be lost.
    private static final long POLL_MILLIS = 1_000;

    private final TintypeQueue queue;
    private final Promise<Void> allCompleted = Promise.promise();
    private int resting;
    private boolean announcedMeanwhile;
    private int completed;

    Consumers(TintypeQueue queue) {
      this.queue = queue;
    }

    @Override
    public Future<?> start() {
      queue.onQueued(this::wakeOne);
      vertx.setPeriodic(POLL_MILLIS, tick -> wakeAll());
      resting = concurrency;
      wakeAll();
      return Future.succeededFuture();
    }

    private void wakeOne() {
      if (resting > 0) {
        resting--;
        claimNext();
      } else {
        announcedMeanwhile = true;
      }
    }

    private void wakeAll() {
      for (int all = resting; all > 0; all--) {
        wakeOne();
      }
    }

    private void claimNext() {
      queue.claim().onFailure(allCompleted::tryFail).onSuccess(this::consume);
    }

    private void consume(Optional<Lease> claimed) {
      if (claimed.isPresent()) {
        // As the worker does: one announcement may stand for many jobs.
        if (resting > 0) {
          wakeOne();
        }
        queue
            .complete(claimed.get())
            .onFailure(allCompleted::tryFail)
            .onSuccess(done -> countCompleted());
      } else if (announcedMeanwhile) {
        // That job may have come just after this claim looked.
        announcedMeanwhile = false;
        claimNext();
      } else {
        resting++;
      }
    }

    private void countCompleted() {
      completed++;
      if (completed == jobs) {
        allCompleted.tryComplete();
      }
      claimNext();
    }
  }
}
