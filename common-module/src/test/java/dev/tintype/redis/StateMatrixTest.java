package dev.tintype.redis;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.queue.Lease;
import dev.tintype.queue.NewJob;
import dev.tintype.redis.RedisConnections.Patience;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every script is called for a job in every state: what it does is what {@link JobState#canBecome}
 * allows.
 */
class StateMatrixTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final Failure FAILURE = new Failure(FailureCode.TIMEOUT, "60 s passed");

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private RedisConnections redis;
  private RedisJobStore store;
  private RedisJobQueue queue;
  private RedisUpkeep upkeep;

  /** A step of the queue that could change a job. */
  private interface Step {
    void take(Lease lease);
  }

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
    store = new RedisJobStore(redis, namespace);
    // A lease that ends at once, so that reclaim finds every running job.
    queue =
        new RedisJobQueue(
            redis, namespace, new QueueTimes(Duration.ofMillis(1), Duration.ofHours(1)));
    upkeep = new RedisUpkeep(redis, namespace, QueueTimes.DEFAULT);
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    vertx.close().await();
  }

  @Test
  void noStepDoesWhatTheSpecificationForbidsAndTogetherTheyDoAllThatItAllows() {
    Map<String, Step> steps =
        Map.of(
            "claim", lease -> queue.claim("w", nonce()).await(),
            "renew", lease -> queue.renew(List.of(lease)).await(),
            "complete", lease -> queue.complete(lease, aResult()).await(),
            "fail", lease -> queue.fail(lease, FAILURE).await(),
            "release", lease -> queue.release(lease).await(),
            "reclaim", lease -> reclaim(lease));
    Set<String> seen = new HashSet<>();

    for (JobState before : JobState.values()) {
      steps.forEach(
          (name, step) -> {
            Lease lease = jobIn(before);
            Map<String, String> hash = hash(lease.job());
            step.take(lease);
            JobState after = state(lease.job());
            if (after == before) {
              assertThat(hash(lease.job()))
                  .as(name + " of a job that is " + before)
                  .isEqualTo(hash);
            } else {
              assertThat(before.canBecome(after))
                  .as(name + " made " + before + " " + after)
                  .isTrue();
              seen.add(before + " " + after);
            }
            retire(lease);
          });
    }

    Set<String> allowed = new HashSet<>();
    for (JobState from : JobState.values()) {
      for (JobState to : JobState.values()) {
        if (from.canBecome(to)) {
          allowed.add(from + " " + to);
        }
      }
    }
    assertThat(seen).isEqualTo(allowed);
  }

  /** A fresh job, brought to the state. */
  private Lease jobIn(JobState state) {
    NewJob job = aJob();
    store.submit(job).await();
    if (state == JobState.QUEUED) {
      return new Lease(job.id(), 0);
    }
    Lease lease = queue.claim("w", nonce()).await().orElseThrow().lease();
    assertThat(lease.job()).isEqualTo(job.id());
    switch (state) {
      case SUCCEEDED -> queue.complete(lease, aResult()).await();
      case FAILED -> queue.fail(lease, FAILURE).await();
      case QUEUED, RUNNING -> {}
    }
    assertThat(state(job.id())).isEqualTo(state);
    return lease;
  }

  /** Waits out the millisecond of a running job's lease. */
  private void reclaim(Lease lease) {
    boolean running = state(lease.job()) == JobState.RUNNING;
    do {
      upkeep.reclaimExpired(10).await();
    } while (running && state(lease.job()) == JobState.RUNNING);
  }

  /** Makes the job final, so that the next claim finds the next job. */
  private void retire(Lease lease) {
    while (!state(lease.job()).isFinal()) {
      queue.claim("w", nonce()).await();
      int attempt = store.find(lease.job()).await().orElseThrow().attempt();
      queue.fail(new Lease(lease.job(), attempt), FAILURE).await();
    }
  }

  private JobState state(JobId id) {
    return store.find(id).await().orElseThrow().state();
  }

  private Map<String, String> hash(JobId id) {
    return redis.run(commands -> commands.hgetall(new Keys(namespace).job(id))).await();
  }

  private static String nonce() {
    return UUID.randomUUID().toString();
  }
}
