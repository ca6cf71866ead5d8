package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobId;
import dev.tintype.queue.Retention;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.stored.Keys;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An audit that finds nothing must be one that would have found something. */
class QueueAuditTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private final Keys keys = new Keys(namespace);
  private RedisConnections redis;
  private JobId waiting;
  private JobId running;
  private JobId succeeded;

  @BeforeEach
  void aQueueWithAJobOfEachKind() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
    var store = new RedisJobStore(redis, namespace, 100);
    var queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(1), 10);
    var worker = new Worker("w", 1);
    for (int i = 0; i < 3; i++) {
      store.submit(aJob()).await();
    }
    var first = queue.claim(worker, "first").await().orElseThrow();
    queue.complete(first.lease(), Fixtures.aResultOf(first.imageKey(), 3)).await();
    succeeded = first.lease().job();
    running = queue.claim(worker, "second").await().orElseThrow().lease().job();
    waiting = new JobId(redis.run(c -> c.zrange(keys.prefix() + "q:default", 0, 0)).await().get(0));
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    vertx.close().await();
  }

  @Test
  void aQueueThatOnlyTheStepsTouchedHasNoFindings() {
    assertThat(QueueAudit.findings(redis, namespace, false)).isEmpty();
  }

  @Test
  void aWaitingJobThatIsInNoQueueIsFound() {
    redis.run(commands -> commands.zrem(keys.prefix() + "q:default", waiting.value())).await();

    assertFound("queued jobs, by rank: kept is {}, counted {" + waiting);
  }

  @Test
  void aLostLeaseIsFound() {
    redis.run(commands -> commands.zrem(keys.prefix() + "leases", running.value())).await();

    assertFound("leases: kept is [], counted [" + running);
  }

  @Test
  void aWrongTotalIsFound() {
    redis.run(commands -> commands.hincrby(keys.totals(), "submitted", 1)).await();

    assertFound("jobs that have not finished: kept is 3, counted 2");
  }

  @Test
  void anIllegalStepIsFound() {
    redis
        .run(
            commands ->
                commands.hset(
                    keys.job(succeeded),
                    "story",
                    "1\tstarted\t1\t\t\t\n2\tsucceeded\t1\t\t\t\n3\tstarted\t2\t\t\t"))
        .await();

    assertFound("the story of " + succeeded + " has the step succeeded running");
  }

  @Test
  void aTenantWithoutATurnIsFound() {
    redis.run(commands -> commands.del(keys.prefix() + "ring")).await();

    assertFound("default has no turn");
  }

  @Test
  void aMissingImageIsFoundWhereImagesAreExpected() {
    assertThat(QueueAudit.findings(redis, namespace, true))
        .containsExactly("bytes of the images of " + succeeded + ": kept is 0, counted 3");
  }

  @Test
  void anImageOfNobodyIsFound() {
    redis.run(commands -> commands.set(keys.image("stray"), "image")).await();

    assertFound("the image stray belongs to nobody and is not garbage");
  }

  @Test
  void whatReconciliationPutsBackIsInOrderAgain() {
    redis.run(commands -> commands.zrem(keys.prefix() + "q:default", waiting.value())).await();
    redis.run(commands -> commands.zrem(keys.prefix() + "leases", running.value())).await();
    redis.run(commands -> commands.del(keys.prefix() + "ring")).await();
    redis.run(commands -> commands.del(keys.prefix() + "finished:default")).await();

    new RedisUpkeep(
            redis,
            namespace,
            new RedisImageStore(redis, namespace),
            Retention.ofAge(Duration.ofDays(1)),
            Duration.ofMinutes(10))
        .reconcile()
        .await();

    assertThat(QueueAudit.findings(redis, namespace, false)).isEmpty();
  }

  @Test
  void aTenantThatLostItsTurnIsGivenItAgain() {
    redis.run(commands -> commands.del(keys.prefix() + "ring")).await();

    new RedisUpkeep(
            redis,
            namespace,
            new RedisImageStore(redis, namespace),
            Retention.ofAge(Duration.ofDays(1)),
            Duration.ofMinutes(10))
        .reconcile()
        .await();

    assertThat(QueueAudit.findings(redis, namespace, false)).isEmpty();
  }

  private void assertFound(String finding) {
    assertThat(QueueAudit.findings(redis, namespace, false))
        .anySatisfy(found -> assertThat(found).contains(finding));
  }
}
