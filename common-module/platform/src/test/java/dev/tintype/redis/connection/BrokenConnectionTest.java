package dev.tintype.redis.connection;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tintype.job.JobId;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.QueueUnavailableException;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.RedisJobEvents;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.FaultyProxy;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.ImageBytes;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import dev.tintype.testing.StallMeter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the network does between a process and Redis. */
class BrokenConnectionTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();
  @RegisterExtension final FaultyProxy proxy = new FaultyProxy(server);

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private RedisConnections direct;
  private RedisConnections redis;
  private RedisJobStore store;
  private RedisJobQueue queue;

  @BeforeEach
  void connect() {
    direct = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
    redis = RedisConnections.connect(vertx, proxy.uri(), Patience.FAIL_FAST).await();
    store = new RedisJobStore(redis, namespace, 1_000_000);
    queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(10), 1_000);
    // The scripts are known from here on: a write with EVALSHA is one that runs.
    submitAndClaim();
    queue.complete(submitAndClaim(), aResult()).await();
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    direct.close().await();
    vertx.close().await();
  }

  @Test
  void aSubmissionThatNeverReachedRedisFailsAndIsStoredWhenRepeated() {
    NewJob job = aJob();
    Future<Void> cut = proxy.cutBefore("EVALSHA");

    assertUnavailable(store.submit(job));
    cut.await();
    assertThat(new RedisJobStore(direct, namespace, 1_000_000).find(job.id()).await()).isEmpty();

    repeated(() -> store.submit(job));
    assertThat(story(job.id())).containsExactly(Event.QUEUED);
  }

  @Test
  void aSubmissionWhoseAnswerWasLostIsStoredOnceWhenRepeated() {
    NewJob job = aJob();
    proxy.cutAfter("EVALSHA");

    assertUnavailable(store.submit(job));
    assertThat(new RedisJobStore(direct, namespace, 1_000_000).find(job.id()).await()).isPresent();

    repeated(() -> store.submit(job));
    assertThat(story(job.id())).containsExactly(Event.QUEUED);
    assertThat(claim(nonce()).job()).isEqualTo(job.id());
    assertThat(queue.claim(QueueAccess.WORKER, nonce()).await()).isEmpty();
  }

  @Test
  void aClaimWhoseAnswerWasLostIsGivenTheSameJobWhenRepeated() {
    NewJob job = aJob();
    store.submit(job).await();
    store.submit(aJob()).await();
    String nonce = nonce();
    proxy.cutAfter("EVALSHA");

    assertUnavailable(queue.claim(QueueAccess.WORKER, nonce));

    var again = repeated(() -> queue.claim(QueueAccess.WORKER, nonce));
    assertThat(again.orElseThrow().lease()).isEqualTo(new Lease(job.id(), 1));
    assertThat(story(job.id())).containsExactly(Event.QUEUED, Event.STARTED);
  }

  @Test
  void aCompletionWhoseAnswerWasLostIsOkWhenRepeated() {
    Lease lease = submitAndClaim();
    var result = aResult();
    proxy.cutAfter("EVALSHA");

    assertUnavailable(queue.complete(lease, result));

    assertThat(repeated(() -> queue.complete(lease, result))).isEqualTo(LeaseReply.OK);
    assertThat(story(lease.job())).containsExactly(Event.QUEUED, Event.STARTED, Event.SUCCEEDED);
  }

  @Test
  void afterACutEverythingGoesOnOverANewConnection() {
    proxy.cutAll();

    repeated(() -> store.submit(aJob()));
    assertThat(store.find(Fixtures.aJobId()).await()).isEmpty();
  }

  @Test
  void aSlowLinkIsNoBrokenOne() {
    proxy.slowDownBy(Duration.ofMillis(200));

    Lease lease = submitAndClaim();

    assertThat(queue.complete(lease, aResult()).await()).isEqualTo(LeaseReply.OK);
    var images = new RedisImageStore(redis, namespace);
    Buffer image = Buffer.buffer(new byte[300_000]);
    images.put("k", image, Duration.ofMinutes(1)).await();
    assertThat(ImageBytes.of(images, "k")).contains(image);
  }

  @Test
  void aSilentConnectionIsReplacedAndAnAnnouncementComesThroughTheNewOne() {
    var announced = new AtomicInteger();
    new RedisJobEvents(redis, namespace).onQueued(announced::incrementAndGet);
    try (var stalls = new StallMeter()) {
      long start = System.nanoTime();
      proxy.fallSilent();

      assertUnavailable(store.submit(aJob()));
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(3), stalls.on(Duration.ofSeconds(4)));

      Eventually.succeeds("a submission over a new connection", () -> store.submit(aJob()).await());
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(stalls.on(Duration.ofSeconds(8)));
    }
    Eventually.holds(
        "announcements",
        () -> {
          askUntilInVain();
          store.submit(aJob()).await();
          // More than the one call that the renewed subscription itself is worth.
          return announced.get() >= 3;
        });
  }

  @Test
  void idleConnectionsAreAskedAndNotCut() {
    var idle =
        RedisConnections.connect(vertx, proxy.uri(), Patience.FAIL_FAST, Duration.ofSeconds(1))
            .await();
    var announced = Promise.<Void>promise();
    new RedisJobEvents(idle, namespace).onQueued(announced::tryComplete);
    List<String> before = clients();
    long pings = pings();

    // Four for each of its three connections: an unanswered one would have cut its own after one.
    Eventually.holds("PINGs", () -> pings() >= pings + 12);

    assertThat(clients()).containsExactlyInAnyOrderElementsOf(before);
    store.submit(aJob()).await();
    announced.future().timeout(30, TimeUnit.SECONDS).await();
    idle.close().await();
  }

  @Test
  void aRedisThatCannotBeReachedIsNamedWithoutItsPassword() {
    proxy.refuseConnections();

    assertThatThrownBy(
            () ->
                RedisConnections.connect(
                        vertx, proxy.uri().replace("//", "//:secret@"), Patience.FAIL_FAST)
                    .await())
        .isInstanceOf(QueueUnavailableException.class)
        .hasMessageContaining("127.0.0.1")
        .hasMessageNotContaining("secret");
  }

  private Lease submitAndClaim() {
    store.submit(aJob()).await();
    return claim(nonce());
  }

  private Lease claim(String nonce) {
    return queue.claim(QueueAccess.WORKER, nonce).await().orElseThrow().lease();
  }

  private List<Event> story(JobId id) {
    return store.findTimeline(id).await().stream().map(TimelineEntry::event).toList();
  }

  /** As a caller does, until a new connection is there. */
  private static <T> T repeated(Supplier<Future<T>> step) {
    return Eventually.succeeds("a repetition", () -> step.get().await());
  }

  private static void assertUnavailable(Future<?> step) {
    assertThatThrownBy(step::await).isInstanceOf(QueueUnavailableException.class);
  }

  /** Every connection that Redis has, by its id, which no two ever share. */
  private List<String> clients() {
    return direct
        .run(commands -> commands.clientList())
        .await()
        .lines()
        .map(line -> line.replaceFirst(" .*", ""))
        .toList();
  }

  private long pings() {
    return direct
        .run(commands -> commands.info("commandstats"))
        .await()
        .lines()
        .filter(line -> line.startsWith("cmdstat_ping:calls="))
        .mapToLong(line -> Long.parseLong(line.replaceAll("^cmdstat_ping:calls=|,.*$", "")))
        .sum();
  }

  /** Only who has asked in vain is told. */
  private void askUntilInVain() {
    while (queue.claim(QueueAccess.WORKER, nonce()).await().isPresent()) {
      // Given away, so that there is nothing.
    }
  }

  private static String nonce() {
    return UUID.randomUUID().toString();
  }
}
