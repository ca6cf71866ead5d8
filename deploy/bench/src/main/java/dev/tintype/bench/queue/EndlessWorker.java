package dev.tintype.bench.queue;

import dev.tintype.capture.CaptureSpec;
import dev.tintype.job.RetryPolicy;
import dev.tintype.queue.Retention;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.RedisJobEvents;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisUpkeep;
import dev.tintype.worker.UpkeepVerticle;
import dev.tintype.worker.WorkerConfig;
import dev.tintype.worker.WorkerVerticle;
import dev.tintype.worker.capture.CapturedPage;
import dev.tintype.worker.capture.Photographer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * A worker process with the product's own claim loop and upkeep, and a capture that never ends in
 * place of a browser. Prints when a capture begins.
 */
final class EndlessWorker {
  private EndlessWorker() {}

  /**
   * Works until it is killed.
   *
   * @param arguments URI of a Redis, namespace of the queue, and name of the worker
   */
  public static void main(String[] arguments) throws Exception {
    Vertx vertx = Vertx.vertx();
    var redis = RedisConnections.connect(vertx, arguments[0], Patience.PATIENT).await();
    String namespace = arguments[1];
    var images = new RedisImageStore(redis, namespace);
    var upkeep =
        new RedisUpkeep(
            redis,
            namespace,
            images,
            Retention.ofAge(Duration.ofDays(1)),
            RedisJobQueue.DEFAULT_LEASE);
    // Grace and renewals are those of `tintype worker`.
    var config =
        new WorkerConfig(
            new Worker(arguments[2], 1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            RetryPolicy.DEFAULT);
    var worker =
        new WorkerVerticle(
            config,
            new RedisJobQueue(redis, namespace, RedisJobQueue.DEFAULT_LEASE, 1_000),
            new RedisJobEvents(redis, namespace),
            images,
            name -> Future.succeededFuture(new EndlessPhotographer(name)));
    vertx.deployVerticle(new UpkeepVerticle(upkeep)).await();
    vertx.deployVerticle(worker).await();
    System.out.println("event=ready");
  }

  private static final class EndlessPhotographer implements Photographer {
    private final String name;
    private boolean idle = true;

    EndlessPhotographer(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean isIdle() {
      return idle;
    }

    @Override
    public Future<Void> idle() {
      return idle ? Future.succeededFuture() : Promise.<Void>promise().future();
    }

    @Override
    public Future<CapturedPage> capture(CaptureSpec spec) {
      idle = false;
      System.out.println("event=began");
      return Promise.<CapturedPage>promise().future();
    }

    @Override
    public void abort(String reason) {
      System.out.println("event=aborted reason=\"" + reason + "\"");
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
