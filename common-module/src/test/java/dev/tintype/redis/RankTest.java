package dev.tintype.redis;

import static dev.tintype.testing.Fixtures.aJobFor;
import static dev.tintype.testing.Fixtures.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobId;
import dev.tintype.job.Priority;
import dev.tintype.job.Schedule;
import dev.tintype.job.Tenant;
import dev.tintype.queue.Worker;
import dev.tintype.redis.RedisConnections.Patience;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A priority is a head start. Nobody waits for ten minutes here: a job is made older by moving it
 * in its queue, to where it would be had it come earlier.
 */
class RankTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private final Keys keys = new Keys(namespace);
  private RedisConnections redis;
  private RedisJobStore store;
  private RedisJobQueue queue;

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
    store = new RedisJobStore(redis, namespace, 100);
    queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(1), 10);
  }

  @AfterEach
  void everythingIsWhereItBelongs() {
    try {
      assertThat(QueueAudit.findings(redis, namespace, false)).isEmpty();
    } finally {
      redis.close().await();
      vertx.close().await();
    }
  }

  @Test
  void aRankIsTheTimeOfSubmissionAndWhatThePriorityAdds() {
    for (Priority priority : Priority.values()) {
      JobId id = submit(priority);
      var job = store.find(id).await().orElseThrow();

      Duration added =
          Duration.ofMillis(rank(id) / 1_000).minusMillis(job.createdAt().toEpochMilli());

      assertThat(added).isBetween(priority.handicap(), priority.handicap().plusMillis(1));
    }
  }

  @Test
  void ranksAreDifferentHoweverFastTheyCome() {
    JobId first = submit(Priority.NORMAL);
    // As when the clock of Redis is set back by an hour.
    redis
        .run(
            commands ->
                commands.hincrby(keys.totals(), "rank", Duration.ofHours(1).toMillis() * 1_000))
        .await();

    JobId second = submit(Priority.NORMAL);
    JobId third = submit(Priority.NORMAL);

    assertThat(rank(second)).isGreaterThan(rank(first));
    assertThat(rank(third)).isEqualTo(rank(second) + 1);
  }

  @Test
  void aLowJobWaitsForTenMinutesBehindNormalOnesAndNotForEver() {
    JobId low = submit(Priority.LOW);
    JobId normal = submit(Priority.NORMAL);
    cameEarlier(low, Duration.ofMinutes(11));

    assertThat(claim()).isEqualTo(low);
    assertThat(claim()).isEqualTo(normal);
  }

  @Test
  void aLowJobThatCameNineMinutesBeforeStillWaits() {
    JobId low = submit(Priority.LOW);
    JobId normal = submit(Priority.NORMAL);
    JobId high = submit(Priority.HIGH);
    cameEarlier(low, Duration.ofMinutes(9));

    assertThat(claim()).isEqualTo(high);
    assertThat(claim()).isEqualTo(normal);
    assertThat(claim()).isEqualTo(low);
  }

  @Test
  void aLowJobForLaterIsRankedByWhenItIsDueAndNotByWhenItWasSubmitted() {
    var halfAnHour = Duration.ofMinutes(30);
    var later = new Schedule(Priority.LOW, Instant.now().plus(halfAnHour), null, null);
    var job = aJobFor(aRequest(later));
    store.submit(job).await();
    isDueAfter(job.id(), halfAnHour);
    JobId high = submit(Priority.HIGH);

    assertThat(claim()).isEqualTo(high);
    assertThat(claim()).isEqualTo(job.id());
  }

  private JobId submit(Priority priority) {
    var job = aJobFor(aRequest(new Schedule(priority, null, null, null)));
    store.submit(job).await();
    return job.id();
  }

  private JobId claim() {
    return queue.claim(new Worker("w", 1), QueueAccess.nonce()).await().orElseThrow().lease().job();
  }

  private long rank(JobId id) {
    return Long.parseLong(redis.run(commands -> commands.hget(keys.job(id), "rank")).await());
  }

  /** As when so much time passed that its time has come. */
  private void isDueAfter(JobId id, Duration passed) {
    redis
        .run(commands -> commands.hincrby(keys.job(id), "rank", -passed.toMillis() * 1_000))
        .await();
    redis
        .run(
            commands ->
                commands.zincrby(
                    keys.prefix() + "scheduled", (double) -passed.toMillis(), id.value()))
        .await();
  }

  private void cameEarlier(JobId id, Duration by) {
    long micros = -by.toMillis() * 1_000;
    redis.run(commands -> commands.hincrby(keys.job(id), "rank", micros)).await();
    redis
        .run(
            commands ->
                commands.zincrby(
                    keys.prefix() + "q:" + Tenant.DEFAULT, (double) micros, id.value()))
        .await();
  }
}
