package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJobOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Tenant;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.TenantPlan;
import dev.tintype.queue.Worker;
import dev.tintype.redis.job.QueueRig.Audit;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Browser time as it is shared out: four browsers whose captures are timers, a second or so each.
 */
class FairSharesTest implements RedisQueueSteps {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final int BROWSERS = 4;
  // Half a capture of the longest kind a browser, and what a busy machine adds.
  private static final double TOLERANCE = 0.1;

  @RegisterExtension final QueueRig rig = new QueueRig(server, Audit.JOBS);

  private final Map<Tenant, Long> captureMillis = new ConcurrentHashMap<>();
  private final Map<Tenant, Long> browserNanos = new ConcurrentHashMap<>();
  private final Map<Worker, List<Long>> vtimes = new ConcurrentHashMap<>();

  @AfterEach
  void timeNeverRunsBackwards() {
    assertThat(vtimes.values()).allSatisfy(seen -> assertThat(seen).isSorted());
  }

  @Test
  void shortAndLongCapturesShareTheBrowserTimeEqually() {
    submit(A, 1, 200, 200);
    submit(B, 1, 10, 2_000);

    capture(Duration.ofSeconds(5));

    assertThat(shareOf(A)).isBetween(0.5 * (1 - TOLERANCE), 0.5 * (1 + TOLERANCE));
  }

  @Test
  void weightsShareTheBrowserTime() {
    submit(A, 3, 20, 1_000);
    submit(B, 1, 20, 1_000);

    capture(Duration.ofSeconds(3));

    assertThat(shareOf(A)).isBetween(0.75 * (1 - TOLERANCE), 0.75 * (1 + TOLERANCE));
  }

  @Test
  void whoComesLateNeitherMakesUpForItNorIsKeptOut() {
    submit(A, 1, 30, 1_000);
    capture(Duration.ofSeconds(1));
    submit(B, 1, 30, 1_000);
    browserNanos.clear();

    capture(Duration.ofSeconds(2));

    assertThat(shareOf(B)).isBetween(0.5 * (1 - TOLERANCE), 0.5 * (1 + TOLERANCE));
  }

  @Test
  void whatWasChargedTooMuchIsNotSavedUpWhileOneIsAway() {
    // As after many captures that were shorter than those before, and then none for a long time.
    for (Tenant tenant : List.of(A, B)) {
      hset(tenant, "estimate", 100);
    }
    hset(A, "credit", 1_000_000);
    redis().run(commands -> commands.hset(keys().prefix() + "given", "vtime", "5000000")).await();
    submit(A, 1, 0, 20);
    submit(B, 1, 0, 20);

    List<Tenant> served = Stream.generate(() -> tenantOf(claim())).limit(20).toList();

    assertThat(served.stream().filter(A::equals).count()).isBetween(9L, 11L);
  }

  @Test
  void whatWasChargedTooMuchIsGivenBackToWhoStays() {
    for (Tenant tenant : List.of(A, B)) {
      hset(tenant, "estimate", 100);
    }
    // Ten captures ahead of the others, all of them charged too much.
    hset(A, "vtime", 1_000_000);
    hset(A, "credit", 1_000);
    submit(A, 1, 0, 40);
    submit(B, 1, 0, 40);

    List<Tenant> served = Stream.generate(() -> tenantOf(claim())).limit(40).toList();

    assertThat(served.stream().filter(A::equals).count()).isBetween(18L, 22L);
  }

  private void submit(Tenant tenant, int weight, long millis, int jobs) {
    captureMillis.put(tenant, millis);
    var plan = new TenantPlan(weight, 1_000, 100_000, 0, 1);
    Future.all(
            IntStream.range(0, jobs).mapToObj(i -> store().submit(aJobOf(tenant, plan))).toList())
        .await();
  }

  private void capture(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    List<Future<?>> browsers = new ArrayList<>();
    for (int i = 0; i < BROWSERS; i++) {
      browsers.add(browse(new Worker("w" + i, 1), end));
    }
    Future.all(browsers).await();
  }

  /** One capture after the other, until the end. */
  private Future<?> browse(Worker worker, long end) {
    return queue()
        .claim(worker, QueueAccess.nonce())
        .compose(
            claimed -> {
              Assignment assignment = claimed.orElseThrow();
              long begin = System.nanoTime();
              redis()
                  .run(commands -> commands.hget(keys().prefix() + "given", "vtime"))
                  .onSuccess(
                      vtime ->
                          vtimes
                              .computeIfAbsent(worker, w -> new CopyOnWriteArrayList<>())
                              .add(Long.parseLong(vtime)));
              return store()
                  .find(assignment.lease().job())
                  .map(job -> job.orElseThrow().tenant())
                  .compose(
                      tenant ->
                          rig.vertx()
                              .timer(captureMillis.getOrDefault(tenant, 1L), TimeUnit.MILLISECONDS)
                              .map(tenant))
                  .compose(
                      tenant ->
                          queue()
                              .complete(assignment.lease(), Fixtures.aResult())
                              .onSuccess(
                                  done ->
                                      browserNanos.merge(
                                          tenant, System.nanoTime() - begin, Long::sum)));
            })
        .compose(
            done ->
                System.nanoTime() < end
                    ? browse(worker, end).mapEmpty()
                    : Future.succeededFuture());
  }

  private double shareOf(Tenant tenant) {
    double all = browserNanos.values().stream().mapToLong(Long::longValue).sum();
    return browserNanos.getOrDefault(tenant, 0L) / all;
  }

  private Tenant tenantOf(Assignment assignment) {
    return job(assignment.lease().job()).tenant();
  }

  private void hset(Tenant tenant, String field, long value) {
    redis()
        .run(
            commands ->
                commands.hset(keys().prefix() + "tenant:" + tenant, field, Long.toString(value)))
        .await();
  }

  @Override
  public JobQueue queue() {
    return queueWith(Duration.ofMinutes(1), 10_000);
  }

  @Override
  public QueueRig rig() {
    return rig;
  }
}
