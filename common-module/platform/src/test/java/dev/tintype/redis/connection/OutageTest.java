package dev.tintype.redis.connection;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.queue.NewJob;
import dev.tintype.queue.QueueUnavailableException;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisServer;
import dev.tintype.testing.StallMeter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Redis is stopped under load, and comes back. */
class OutageTest {
  private static final Logger log = LoggerFactory.getLogger(OutageTest.class);

  // Long enough for every pause between two tries to have reached its longest: what follows is the
  // same. Half a minute, or any other time, by -Doutage.seconds.
  private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("outage.seconds", 4));

  /** Submissions that are always under way. */
  private static final int LOAD = 50;

  @RegisterExtension static final RedisServer server = RedisServer.installed();

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private final Queue<TimedSubmission> submissions = new ConcurrentLinkedQueue<>();
  private RedisConnections redis;
  private volatile boolean loaded = true;

  private record TimedSubmission(long startNanos, long endNanos, boolean accepted) {
    Duration took() {
      return Duration.ofNanos(endNanos - startNanos);
    }
  }

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    vertx.close().await();
  }

  @Test
  void requestsFailWithinASecondNoThreadGrowsAndWorkResumesWithinTwo() throws Exception {
    var store = new RedisJobStore(redis, namespace, 1_000_000);
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < LOAD; i++) {
      clients.add(submitWhileLoaded(store));
    }
    Eventually.holds("load", () -> submissions.size() > 10 * LOAD);

    var stalls = new StallMeter();
    server.kill();
    // The two that reconnect begin with the first need.
    vertx.timer(1, TimeUnit.SECONDS).await();
    Set<String> threads = threads();
    vertx.timer(OUTAGE.toMillis(), TimeUnit.MILLISECONDS).await();
    Set<String> threadsAtTheEnd = threads();
    server.restart();
    long back = System.nanoTime();
    Eventually.holds("work", () -> submissions.stream().anyMatch(s -> resumed(s, back)));
    loaded = false;
    Future.all(clients).await();

    var failed = submissions.stream().filter(s -> !s.accepted).toList();
    Duration longest =
        failed.stream().map(TimedSubmission::took).max(Duration::compareTo).orElseThrow();
    Duration resumed =
        submissions.stream()
            .filter(s -> resumed(s, back))
            .map(s -> Duration.ofNanos(s.endNanos - back))
            .min(Duration::compareTo)
            .orElseThrow();
    log.info(
        "event=outage length={}s failed={} longest={}ms resumed_after={}ms threads={}",
        OUTAGE.toSeconds(),
        failed.size(),
        longest.toMillis(),
        resumed.toMillis(),
        threadsAtTheEnd.size());
    // Also any that were on their way when Redis died; BrokenConnectionTest makes sure of one.
    assertThat(longest).isLessThan(stalls.on(Duration.ofSeconds(1)));
    assertThat(failed).hasSizeGreaterThanOrEqualTo(LOAD);
    assertThat(resumed).isLessThan(stalls.on(Duration.ofSeconds(2)));
    assertThat(threadsAtTheEnd).isEqualTo(threads);
    stalls.close();
  }

  @Test
  void aPatientCallersCommandIsRunWhenRedisIsBack() throws Exception {
    var patient = RedisConnections.connect(vertx, server.uri(), Patience.PATIENT).await();
    var store = new RedisJobStore(patient, namespace, 1_000_000);
    NewJob job = aJob();
    server.kill();

    // What is on its way at the moment of the death may have run, and is not sent again.
    var submitted = store.submit(job).recover(onItsWay -> store.submit(job));
    vertx.timer(1, TimeUnit.SECONDS).await();
    assertThat(submitted.isComplete()).isFalse();
    server.restart();

    submitted.timeout(30, TimeUnit.SECONDS).await();
    assertThat(store.find(job.id()).await()).isPresent();
    patient.close().await();
  }

  private static boolean resumed(TimedSubmission submission, long back) {
    return submission.accepted && submission.endNanos > back;
  }

  /** One client: a submission after the other, with a pause after each that failed. */
  private Future<Void> submitWhileLoaded(RedisJobStore store) {
    if (!loaded) {
      return Future.succeededFuture();
    }
    long start = System.nanoTime();
    return store
        .submit(aJob())
        .transform(
            outcome -> {
              assertThat(outcome.cause())
                  .satisfiesAnyOf(
                      cause -> assertThat(cause).isNull(),
                      cause -> assertThat(cause).isInstanceOf(QueueUnavailableException.class));
              submissions.add(new TimedSubmission(start, System.nanoTime(), outcome.succeeded()));
              return vertx.timer(10, TimeUnit.MILLISECONDS);
            })
        .compose(passed -> submitWhileLoaded(store));
  }

  /** By name, without those that the test kit and the JVM begin when they like. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("lettuce") || name.startsWith("vert.x"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
