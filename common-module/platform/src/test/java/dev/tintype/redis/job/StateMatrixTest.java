package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aJobFor;
import static dev.tintype.testing.Fixtures.aRequest;
import static dev.tintype.testing.Fixtures.aResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.Priority;
import dev.tintype.capture.Schedule;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry;
import dev.tintype.queue.Lease;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.Retention;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.connection.RedisConnections.Patience;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.script.Script;
import dev.tintype.redis.stored.Keys;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisServer;
import dev.tintype.testing.Story;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every script is called for a job in every state: what it does is what {@link JobState#canBecome}
 * allows, and together they do all that it allows.
 */
class StateMatrixTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  private static final Worker WORKER = new Worker("w", 1);
  private static final Failure FAILURE = new Failure(FailureCode.TIMEOUT, "60 s passed");
  private static final Instant PAST = Instant.ofEpochMilli(1);
  private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private RedisConnections redis;
  private String namespace = Fixtures.aNamespace();
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
    openNewQueue();
  }

  /**
   * A queue that holds nothing else, so that a claim can find only the job that it is meant for.
   */
  private void openNewQueue() {
    namespace = Fixtures.aNamespace();
    store = new RedisJobStore(redis, namespace, 100);
    // A lease that ends at once, so that reclaim finds every running job.
    queue = new RedisJobQueue(redis, namespace, Duration.ofMillis(1), 10);
    upkeep =
        new RedisUpkeep(
            redis,
            namespace,
            new RedisImageStore(redis, namespace),
            Retention.ofAge(Duration.ofDays(1)),
            Duration.ofMinutes(10));
  }

  @AfterEach
  void disconnect() {
    redis.close().await();
    vertx.close().await();
  }

  @Test
  void noStepDoesWhatTheSpecificationForbidsAndTogetherTheyDoAllThatItAllows() {
    Set<Script> tried = new HashSet<>();
    Set<String> seen = new HashSet<>();
    for (JobState state : JobState.values()) {
      for (Supplier<Lease> way : waysInto(state)) {
        steps()
            .forEach(
                (script, step) -> {
                  openNewQueue();
                  Lease lease = way.get();
                  assertThat(state(lease)).isEqualTo(state);
                  Map<String, String> before = hash(lease);
                  int length = story(lease).size();

                  step.take(lease);

                  tried.add(script);
                  List<TimelineEntry> story = story(lease);
                  String what = script + " of a job that is " + state;
                  if (story.size() == length) {
                    assertThat(hash(lease)).as(what).isEqualTo(before);
                  } else {
                    List<JobState> states = Story.states(story);
                    assertThat(Story.illegalSteps(states)).as(what).isEmpty();
                    assertThat(state(lease)).as(what).isEqualTo(states.get(states.size() - 1));
                    seen.addAll(Story.steps(states));
                  }
                });
      }
    }

    assertThat(seen).isEqualTo(allowed());
    assertThat(tried)
        .as("steps that could change a job; FORGET ends it, and the others are about images")
        .containsExactlyInAnyOrder(
            Script.SUBMIT,
            Script.CLAIM,
            Script.RENEW,
            Script.COMPLETE,
            Script.FAIL,
            Script.RELEASE,
            Script.CANCEL,
            Script.RECLAIM_EXPIRED,
            Script.EXPIRE_WAITING,
            Script.TRIM_FINISHED,
            Script.RECONCILE);
  }

  @Test
  void whatIsForgottenLeavesNothingBehindWhateverStateItWasIn() {
    for (JobState state : JobState.values()) {
      for (Supplier<Lease> way : waysInto(state)) {
        openNewQueue();
        Lease lease = way.get();

        assertThat(store.delete(lease.job()).await()).isTrue();

        assertThat(store.find(lease.job()).await()).as("%s", state).isEmpty();
        assertThat(store.findTombstone(lease.job()).await()).isPresent();
        Map<String, String> totals =
            redis.run(commands -> commands.hgetall(new Keys(namespace).totals())).await();
        assertThat(totals).as("%s", state).containsEntry("forgotten", "1");
        assertThat(queue.claim(WORKER, nonce()).await()).as("%s", state).isEmpty();
      }
    }
  }

  private Map<Script, Step> steps() {
    Map<Script, Step> steps = new LinkedHashMap<>();
    steps.put(
        Script.SUBMIT,
        lease ->
            store
                .submit(new NewJob(lease.job(), aJob().tenant(), aJob().plan(), aRequest(), null))
                .await());
    steps.put(Script.CLAIM, lease -> queue.claim(WORKER, nonce()).await());
    steps.put(Script.RENEW, lease -> queue.renew(WORKER, List.of(lease)).await());
    steps.put(Script.COMPLETE, lease -> queue.complete(lease, aResult()).await());
    steps.put(Script.FAIL, lease -> queue.fail(lease, FAILURE, Optional.empty()).await());
    steps.put(Script.RELEASE, lease -> queue.release(lease).await());
    steps.put(Script.CANCEL, lease -> store.cancel(lease.job()).await());
    steps.put(Script.RECLAIM_EXPIRED, this::reclaim);
    steps.put(Script.EXPIRE_WAITING, lease -> upkeep.expireWaiting(10).await());
    steps.put(Script.TRIM_FINISHED, lease -> upkeep.trimFinished(10).await());
    steps.put(Script.RECONCILE, lease -> upkeep.reconcile().await());
    return steps;
  }

  /** Every way that differs for some step. */
  private List<Supplier<Lease>> waysInto(JobState state) {
    return switch (state) {
      case SCHEDULED ->
          List.of(
              () -> submitted(new Schedule(Priority.NORMAL, FUTURE, null, null)),
              () -> submitted(new Schedule(Priority.NORMAL, FUTURE, PAST, null)),
              this::awaitingRetry);
      case QUEUED ->
          List.of(
              () -> submitted(Schedule.AT_ONCE),
              () -> submitted(new Schedule(Priority.NORMAL, null, PAST, null)));
      case RUNNING -> List.of(this::running, this::runningAfterACrash);
      case SUCCEEDED -> List.of(() -> ended(lease -> queue.complete(lease, aResult()).await()));
      case FAILED ->
          List.of(() -> ended(lease -> queue.fail(lease, FAILURE, Optional.empty()).await()));
      case CANCELLED -> List.of(() -> ended(lease -> store.cancel(lease.job()).await()));
      case EXPIRED ->
          List.of(
              () -> {
                Lease lease = submitted(new Schedule(Priority.NORMAL, null, PAST, null));
                upkeep.expireWaiting(1).await();
                return lease;
              });
    };
  }

  private Lease submitted(Schedule schedule) {
    NewJob job = aJobFor(aRequest(schedule));
    store.submit(job).await();
    return new Lease(job.id(), 0);
  }

  private Lease running() {
    store.submit(aJob()).await();
    return claim();
  }

  private Lease runningAfterACrash() {
    reclaim(running());
    return claim();
  }

  private Lease awaitingRetry() {
    Lease lease = running();
    queue.fail(lease, FAILURE, Optional.of(Duration.ZERO)).await();
    return lease;
  }

  private Lease ended(Step end) {
    Lease lease = running();
    end.take(lease);
    return lease;
  }

  private Lease claim() {
    return queue.claim(WORKER, nonce()).await().orElseThrow().lease();
  }

  /** Waits out the millisecond of a running job's lease. */
  private void reclaim(Lease lease) {
    boolean running = state(lease) == JobState.RUNNING;
    do {
      upkeep.reclaimExpired(10).await();
    } while (running && state(lease) == JobState.RUNNING);
  }

  private static Set<String> allowed() {
    Set<String> allowed = new HashSet<>();
    for (JobState from : JobState.values()) {
      Stream.of(JobState.values())
          .filter(from::canBecome)
          .forEach(to -> allowed.add(from + " " + to));
    }
    return allowed;
  }

  private JobState state(Lease lease) {
    return store.find(lease.job()).await().orElseThrow().state();
  }

  private List<TimelineEntry> story(Lease lease) {
    return new ArrayList<>(store.findTimeline(lease.job()).await());
  }

  private Map<String, String> hash(Lease lease) {
    JobId id = lease.job();
    return redis.run(commands -> commands.hgetall(new Keys(namespace).job(id))).await();
  }

  private static String nonce() {
    return UUID.randomUUID().toString();
  }
}
