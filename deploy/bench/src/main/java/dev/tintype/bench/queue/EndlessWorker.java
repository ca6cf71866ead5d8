package dev.tintype.bench.queue;

import dev.tintype.queue.Lease;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.worker.UpkeepVerticle;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A worker process with the product's upkeep and the rhythm of its {@code WorkerVerticle}, and a
 * job that does not end in place of a browser. Says when it begins with one.
 */
final class EndlessWorker extends VerticleBase {
  // Those of the worker: its poll, and the renewals of `tintype worker`.
  private static final long POLL_MILLIS = 1_000;
  private static final long RENEW_MILLIS = 5_000;

  private final TintypeQueue queue;
  private boolean claiming;
  private boolean claimAgain;
  private @Nullable Lease lease;

  private EndlessWorker(TintypeQueue queue) {
    this.queue = queue;
  }

  /**
   * Works until it is killed.
   *
   * @param arguments URI of a Redis, namespace of the queue, and name of the worker
   */
  public static void main(String[] arguments) throws Exception {
    Vertx vertx = Vertx.vertx();
    var redis = RedisConnections.connect(vertx, arguments[0], Patience.PATIENT).await();
    var queue = new TintypeQueue(redis, redis, arguments[1], arguments[2]);
    vertx.deployVerticle(new UpkeepVerticle(queue.upkeep())).await();
    vertx.deployVerticle(new EndlessWorker(queue)).await();
    System.out.println("event=ready");
  }

  @Override
  public Future<?> start() {
    queue.onQueued(this::claim);
    vertx.setPeriodic(POLL_MILLIS, tick -> claim());
    vertx.setPeriodic(RENEW_MILLIS, tick -> renew());
    return Future.succeededFuture();
  }

  private void claim() {
    if (claiming) {
      claimAgain = true;
      return;
    }
    if (lease != null) {
      return;
    }
    claiming = true;
    claimAgain = false;
    queue
        .claim()
        .onComplete(
            claim -> {
              claiming = false;
              if (claim.failed()) {
                System.out.println("event=claim_failed error=" + claim.cause());
              } else {
                begin(claim.result());
              }
              if (claimAgain) {
                claim();
              }
            });
  }

  private void begin(Optional<Lease> claimed) {
    if (claimed.isPresent()) {
      lease = claimed.get();
      System.out.println("event=began");
    }
  }

  private void renew() {
    if (lease != null) {
      queue
          .renew(lease)
          .onFailure(failure -> System.out.println("event=renew_failed error=" + failure));
    }
  }
}
