package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tintype.capture.Priority;
import dev.tintype.capture.Schedule;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.CancelReply;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.QueueUnavailableException;
import dev.tintype.queue.QueueUpkeep.Reclaimed;
import dev.tintype.queue.Retention;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.Accepted;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * At {@code maxmemory} nothing new is taken, and all that was taken goes on to its end; when room
 * is made, submissions are taken again.
 */
abstract class FullRedisContract {
  private static final Worker WORKER = new Worker("w", 1);
  private static final Failure FAILURE = new Failure(FailureCode.TIMEOUT, "60 s passed");
  private static final int IMAGE_BYTES = 100_000;
  private static final int IMAGES = 50;
  // More than the steps below free, less than the images take.
  private static final int TOO_MUCH = 2_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private RedisConnections redis;
  private RedisJobStore store;
  private RedisJobQueue queue;
  private RedisImageStore images;

  abstract RedisServer server();

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, server().uri(), Patience.FAIL_FAST).await();
    store = new RedisJobStore(redis, namespace, 100_000);
    queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(10), 10_000);
    images = new RedisImageStore(redis, namespace);
  }

  @AfterEach
  void disconnect() {
    redis.run(commands -> commands.configSet("maxmemory", "0")).await();
    redis.close().await();
    vertx.close().await();
  }

  @Test
  void whatWasTakenGoesOnAndWhenRoomIsMadeMoreIsTaken() {
    for (int i = 0; i < IMAGES; i++) {
      submitNow(Schedule.AT_ONCE);
      complete(claim());
    }
    JobId lost = submitNow(Schedule.AT_ONCE);
    var hasty = new RedisJobQueue(redis, namespace, Duration.ofMillis(1), 10_000);
    assertThat(hasty.claim(WORKER, QueueAccess.nonce()).await()).isPresent();
    JobId late =
        submitNow(
            new Schedule(Priority.NORMAL, null, Instant.now().plus(Duration.ofHours(1)), null));
    JobId expired = submitNow(new Schedule(Priority.LOW, null, Instant.EPOCH, null));
    for (int i = 0; i < 10; i++) {
      submitNow(Schedule.AT_ONCE);
    }

    fill();

    assertRefused();
    assertThatThrownBy(() -> store.checkWritable().await())
        .isInstanceOf(QueueUnavailableException.class);
    complete(claim());
    Assignment failed = claim();
    assertThat(queue.fail(failed.lease(), FAILURE, Optional.empty()).await())
        .isEqualTo(LeaseReply.OK);
    assertThat(queue.fail(claim().lease(), FAILURE, Optional.of(Duration.ZERO)).await())
        .isEqualTo(LeaseReply.RETRIED);
    assertThat(queue.release(claim().lease()).await()).isEqualTo(LeaseReply.OK);
    Assignment running = claim();
    assertThat(queue.renew(WORKER, List.of(running.lease())).await())
        .isEqualTo(Map.of(running.lease(), LeaseReply.OK));
    assertThat(store.cancel(running.lease().job()).await()).isEqualTo(CancelReply.CANCELLED);
    assertThat(store.cancel(late).await()).isIn(CancelReply.CANCELLED, CancelReply.FINISHED);
    assertThat(store.delete(failed.lease().job()).await()).isTrue();
    assertThat(store.delete(claim().lease().job()).await()).isTrue();
    assertThat(QueueAccess.untilAny(() -> upkeep(Long.MAX_VALUE).reclaimExpired(10).await()))
        .extracting(Reclaimed::job)
        .containsExactly(lost);
    assertThat(upkeep(Long.MAX_VALUE).expireWaiting(10).await()).containsExactly(expired);
    assertThat(upkeep(Long.MAX_VALUE).reconcile().await()).isEmpty();
    assertThat(store.find(lost).await().orElseThrow().state()).isEqualTo(JobState.QUEUED);
    assertRefused();

    assertThat(upkeep(0).trimFinished(1_000).await()).hasSizeGreaterThan(IMAGES);
    assertThat(upkeep(0).deleteGarbage(1_000).await()).isGreaterThan(IMAGES);
    // The memory of what is unlinked is freed a little later.
    QueueAccess.untilAny(() -> trySubmit().stream().toList());

    assertThat(QueueAudit.findings(redis, namespace, false)).isEmpty();
  }

  private void fill() {
    String info = redis.run(commands -> commands.info("memory")).await();
    var used = Pattern.compile("used_memory:(\\d+)").matcher(info);
    assertThat(used.find()).isTrue();
    String limit = Long.toString(Long.parseLong(used.group(1)) - TOO_MUCH);
    redis.run(commands -> commands.configSet("maxmemory", limit)).await();
  }

  private void assertRefused() {
    assertThatThrownBy(() -> store.submit(aJob()).await())
        .isInstanceOf(QueueUnavailableException.class)
        .hasMessageContaining("OOM");
  }

  private Optional<SubmitResult> trySubmit() {
    return store
        .submit(aJob())
        .map(Optional::of)
        .recover(
            failure -> {
              assertThat(failure).isInstanceOf(QueueUnavailableException.class);
              return Future.succeededFuture(Optional.empty());
            })
        .await();
  }

  private JobId submitNow(Schedule schedule) {
    var job = Fixtures.aJobFor(Fixtures.aRequest(schedule));
    assertThat(store.submit(job).await()).isInstanceOf(Accepted.class);
    return job.id();
  }

  private Assignment claim() {
    return queue.claim(WORKER, QueueAccess.nonce()).await().orElseThrow();
  }

  private void complete(Assignment assignment) {
    images
        .put(assignment.imageKey(), Buffer.buffer(new byte[IMAGE_BYTES]), Duration.ofHours(1))
        .await();
    assertThat(
            queue
                .complete(assignment.lease(), aResultOf(assignment.imageKey(), IMAGE_BYTES))
                .await())
        .isEqualTo(LeaseReply.OK);
    assertThat(images.size(assignment.imageKey()).await()).contains((long) IMAGE_BYTES);
  }

  private RedisUpkeep upkeep(long kept) {
    return new RedisUpkeep(
        redis,
        namespace,
        new RedisImageStore(redis, namespace),
        new Retention(Duration.ofDays(1), kept, kept, kept, kept),
        Duration.ofMinutes(10));
  }
}
