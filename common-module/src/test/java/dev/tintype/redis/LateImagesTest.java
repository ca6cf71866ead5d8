package dev.tintype.redis;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.Retention;
import dev.tintype.queue.Worker;
import dev.tintype.redis.RedisConnections.Patience;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of images whose attempt ended otherwise. */
class LateImagesTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final Worker WORKER = new Worker("w", 1);
  private static final Failure FAILURE = new Failure(FailureCode.TIMEOUT, "60 s passed");
  private static final Duration DAY = Duration.ofDays(1);

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private final Keys keys = new Keys(namespace);
  private RedisConnections redis;
  private RedisJobStore store;
  private RedisJobQueue queue;
  private RedisUpkeep upkeep;
  private RedisImageStore images;

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
    store = new RedisJobStore(redis, namespace, 100);
    queue = new RedisJobQueue(redis, namespace, Duration.ofMillis(1), 10);
    upkeep = new RedisUpkeep(redis, namespace, Retention.ofAge(DAY), Duration.ofMinutes(10));
    images = new RedisImageStore(redis, namespace);
  }

  @AfterEach
  void everythingIsWhereItBelongs() {
    try {
      assertThat(QueueAudit.findings(redis, namespace, true)).isEmpty();
    } finally {
      redis.close().await();
      vertx.close().await();
    }
  }

  @Test
  void theImageOfEveryAttemptThatEndedWithoutItIsWaitedForAndDeleted() {
    Map<String, Consumer<Assignment>> ends = new LinkedHashMap<>();
    ends.put("failed", each -> queue.fail(each.lease(), FAILURE, Optional.empty()).await());
    ends.put("retried", each -> queue.fail(each.lease(), FAILURE, Optional.of(DAY)).await());
    ends.put("cancelled", each -> store.cancel(each.lease().job()).await());
    ends.put("forgotten", each -> store.forget(each.lease().job()).await());
    ends.put("released", each -> queue.release(each.lease()).await());
    ends.put("lost", each -> QueueAccess.untilAny(() -> upkeep.reclaimExpired(10).await()));
    ends.forEach(
        (how, end) -> {
          store.submit(aJob()).await();
          Assignment assignment = queue.claim(WORKER, QueueAccess.nonce()).await().orElseThrow();
          end.accept(assignment);
          // The worker had not heard of it yet.
          images.put(assignment.imageKey(), Buffer.buffer("png"), DAY).await();

          assertThat(upkeep.deleteGarbage(10).await()).as(how).isZero();
          aMinutePasses();
          assertThat(upkeep.deleteGarbage(10).await()).as(how).isEqualTo(1);
          assertThat(images.size(assignment.imageKey()).await()).as(how).isEmpty();
          queue
              .claim(WORKER, QueueAccess.nonce())
              .await()
              .ifPresent(again -> store.forget(again.lease().job()).await());
          aMinutePasses();
          upkeep.deleteGarbage(10).await();
        });
  }

  /** For what waits to be deleted. */
  private void aMinutePasses() {
    List<String> waiting = redis.run(commands -> commands.zrange(keys.garbage(), 0, -1)).await();
    for (String image : waiting) {
      redis.run(commands -> commands.zincrby(keys.garbage(), -60_000, image)).await();
    }
  }
}
