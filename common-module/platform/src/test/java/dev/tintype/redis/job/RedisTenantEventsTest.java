package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJobOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Tenant;
import dev.tintype.queue.TenantEvents.Page;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.stored.Keys;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import io.lettuce.core.Range;
import io.lettuce.core.XAddArgs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What it costs to be followed, and not to be. */
class RedisTenantEventsTest {
  private static final Tenant A = new Tenant("a");
  private static final Pattern CALLS = Pattern.compile("cmdstat_(\\w+):calls=(\\d+)");

  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private final Keys keys = new Keys(namespace);
  private RedisConnections redis;
  private RedisTenantEvents events;

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
    events = new RedisTenantEvents(redis, namespace);
  }

  @AfterEach
  void close() {
    redis.close().await();
    vertx.close().await();
  }

  @Test
  void aCycleCallsNothingMoreThanBeforeWhereNobodyFollows() {
    submitClaimAndComplete();

    Map<String, Long> calls = callsOf(this::submitClaimAndComplete);

    // The submission asks where the ring is, the claim whether it was sent before.
    assertThat(calls).containsEntry("hget", 2L);
    // The end of a job.
    assertThat(calls).containsEntry("publish", 1L);
    assertThat(calls).doesNotContainKeys("get", "pttl", "xadd");
  }

  @Test
  void aCycleThatIsFollowedCallsTwiceForEachEvent() {
    submitClaimAndComplete();
    Map<String, Long> before = callsOf(this::submitClaimAndComplete);
    events.follow(A, null, 1).await();

    Map<String, Long> calls = callsOf(this::submitClaimAndComplete);

    assertThat(calls).containsEntry("xadd", 3L);
    assertThat(calls).containsEntry("publish", before.getOrDefault("publish", 0L) + 3);
    before.put("xadd", 3L);
    // How often others are called depends on how long the captures took: a tenant has credit or
    // not.
    assertThat(calls.keySet()).isEqualTo(before.keySet());
  }

  @Test
  void nothingIsLeftOfATenantThatIsFollowedNoMore() {
    var brief = new RedisTenantEvents(redis, namespace, Duration.ofSeconds(10));
    brief.follow(A, null, 1).await();
    submitClaimAndComplete();

    assertThat(redis.run(commands -> commands.pttl(followed())).await()).isBetween(1L, 20_000L);
    assertThat(redis.run(commands -> commands.pttl(stream())).await()).isBetween(1L, 30_000L);
  }

  @Test
  void whoLooksOftenRenewsSeldom() {
    events.follow(A, null, 1).await();

    assertThat(callsOf(() -> events.follow(A, null, 1).await()))
        .doesNotContainKeys("set", "pexpire");
  }

  @Test
  void aStreamIsCutWhereItIsLongAndWhoMissedSomethingIsTold() {
    String start = events.follow(A, null, 1).await().lastId();
    fill(9_999);
    assertThat(events.follow(A, start, 1).await().hasGaps()).isFalse();
    String known = events.follow(A, start, 500).await().lastId();
    fill(600);

    Page missed = events.follow(A, start, 1).await();
    assertThat(missed.hasGaps()).isTrue();
    assertThat(missed.events()).hasSize(1);
    assertThat(events.follow(A, missed.lastId(), 1).await().hasGaps()).isFalse();
    assertThat(events.follow(A, known, 1).await().hasGaps()).isTrue();
    assertThat(redis.run(commands -> commands.xlen(stream())).await()).isLessThan(10_200);
  }

  /** As the steps write to it. */
  private void fill(int count) {
    submitClaimAndComplete();
    var line =
        redis
            .run(commands -> commands.xrevrange(stream(), Range.unbounded()))
            .await()
            .get(0)
            .getBody();
    var cut = new XAddArgs().maxlen(10_000).approximateTrimming();
    Future.all(
            IntStream.range(3, count)
                .mapToObj(i -> redis.run(commands -> commands.xadd(stream(), cut, line)))
                .toList())
        .await();
  }

  private String stream() {
    return keys.prefix() + "events:a";
  }

  private String followed() {
    return keys.prefix() + "followed:a";
  }

  private void submitClaimAndComplete() {
    var queue = new RedisJobQueue(redis, namespace, RedisJobQueue.DEFAULT_LEASE, 100);
    new RedisJobStore(redis, namespace, 100).submit(aJobOf(A)).await();
    var claim = queue.claim(QueueAccess.WORKER, QueueAccess.nonce()).await().orElseThrow();
    queue.complete(claim.lease(), Fixtures.aResultOf(claim.imageKey(), 3)).await();
  }

  /** How often Redis runs each command meanwhile. */
  private Map<String, Long> callsOf(Runnable work) {
    Map<String, Long> before = calls();
    work.run();
    Map<String, Long> made = new TreeMap<>();
    calls()
        .forEach(
            (command, count) -> {
              long more = count - before.getOrDefault(command, 0L);
              // A connection that is idle on a stalled machine is asked by PING.
              if (more > 0 && !command.equals("info") && !command.equals("ping")) {
                made.put(command, more);
              }
            });
    return made;
  }

  private Map<String, Long> calls() {
    Map<String, Long> calls = new TreeMap<>();
    Matcher found = CALLS.matcher(redis.run(commands -> commands.info("commandstats")).await());
    while (found.find()) {
      calls.put(found.group(1), Long.valueOf(found.group(2)));
    }
    return calls;
  }
}
