package dev.tintype.redis.connection;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewJob;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.RedisJobEvents;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.redis.stored.Keys;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.ImageBytes;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The death of the master in use. A process that holds connections goes on by itself soon after a
 * replica was promoted; when that happens is up to Redis' own settings.
 */
abstract class FailoverContract {
  private static final Logger log = LoggerFactory.getLogger(FailoverContract.class);

  /** How long Redis may take to promote a replica, with the short times of these tests. */
  private static final Duration PROMOTION = Duration.ofSeconds(60);

  /**
   * How long a process may take to find the promoted one: two seconds on an idle machine, and half
   * of the 30 s after which it would look without a reason.
   */
  private static final Duration DISCOVERY = Duration.ofSeconds(15);

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private RedisConnections redis;
  private RedisJobStore store;
  private RedisJobQueue queue;

  abstract String uri();

  /** The master that holds the key now. */
  abstract RedisServer masterOf(String key);

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, uri(), Patience.FAIL_FAST).await();
    store = new RedisJobStore(redis, namespace, 1_000_000);
    queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(10), 1_000);
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    vertx.close().await();
  }

  @Test
  void intakeWorkAndAnnouncementsGoOnWhenTheMasterIsKilled() throws Exception {
    var events = new RedisJobEvents(redis, namespace);
    var announced = new AtomicInteger();
    events.onQueued(announced::incrementAndGet);
    var keys = new Keys(namespace);
    NewJob before = aJob();
    store.submit(before).await();
    Lease held = claim();
    // The promises of a fail-over are about what the replica has.
    Eventually.holds(
        "a replica has the job",
        () -> redis.run(commands -> commands.waitForReplication(1, 1000)).await() >= 1);
    RedisServer master = masterOf(keys.prefix());
    RedisConnections patient = RedisConnections.connect(vertx, uri(), Patience.PATIENT).await();

    master.kill();
    Future<?> meanwhile =
        afterTheCut(() -> new RedisJobStore(patient, namespace, 1_000_000).find(before.id()));

    Eventually.holds(
        "a promotion", PROMOTION, () -> masterOf(keys.prefix()).port() != master.port());
    long promoted = System.nanoTime();
    NewJob after = aJob();
    repeated(() -> store.submit(after));
    log.info("event=failed_over after={}ms", (System.nanoTime() - promoted) / 1_000_000);

    // What was held before the fail-over is still held, and what came after is given out.
    assertThat(repeated(() -> queue.renew(QueueAccess.WORKER, List.of(held))))
        .isEqualTo(Map.of(held, LeaseReply.OK));
    var result = aResult();
    assertThat(repeated(() -> queue.complete(held, result))).isEqualTo(LeaseReply.OK);
    String nonce = UUID.randomUUID().toString();
    assertThat(repeated(() -> queue.claim(QueueAccess.WORKER, nonce)))
        .hasValueSatisfying(given -> assertThat(given.lease().job()).isEqualTo(after.id()));
    // Nobody had to repeat what a patient caller asked meanwhile.
    assertThat(meanwhile.await()).isNotNull();
    patient.close().await();
    // The subscription has moved by itself: to the promoted server, or to any node of a cluster.
    int seen = announced.get();
    Eventually.holds(
        "announcements",
        DISCOVERY,
        () -> {
          // Only who has asked in vain is told.
          while (queue.claim(QueueAccess.WORKER, QueueAccess.nonce()).await().isPresent()) {
            // Given away, so that there is nothing.
          }
          store.submit(aJob()).await();
          // More than the one call that the renewed subscription itself is worth.
          return announced.get() >= seen + 3;
        });
  }

  @Test
  void everyStepSurvivesThatRedisForgotItsScripts() {
    redis.run(commands -> commands.scriptFlush()).await();
    store.submit(aJob()).await();
    redis.run(commands -> commands.scriptFlush()).await();
    Lease lease = claim();
    redis.run(commands -> commands.scriptFlush()).await();

    assertThat(queue.complete(lease, aResult()).await()).isEqualTo(LeaseReply.OK);
  }

  @Test
  void imagesAreKept() {
    var images = new RedisImageStore(redis, namespace);
    for (int i = 0; i < 20; i++) {
      images.put("k" + i, Buffer.buffer(new byte[] {(byte) i}), Duration.ofMinutes(1)).await();
    }
    for (int i = 0; i < 20; i++) {
      assertThat(ImageBytes.of(images, "k" + i)).contains(Buffer.buffer(new byte[] {(byte) i}));
    }
  }

  @Test
  void redisTellsItsFacts() {
    RedisFacts facts = RedisFacts.of(redis).await();

    assertThat(facts.isSupported()).isTrue();
    assertThat(facts.maxmemoryPolicy()).isEqualTo("noeviction");
  }

  /** What is on its way at the moment of the death fails at once, and only then one may wait. */
  private static <T> Future<T> afterTheCut(Supplier<Future<T>> step) {
    return step.get().recover(onItsWay -> step.get());
  }

  /** As a caller does: connections may still be cut while the others learn of the promotion. */
  private static <T> T repeated(Supplier<Future<T>> step) {
    return Eventually.succeeds("a repetition", DISCOVERY, () -> step.get().await());
  }

  private Lease claim() {
    return queue
        .claim(QueueAccess.WORKER, UUID.randomUUID().toString())
        .await()
        .orElseThrow()
        .lease();
  }
}
