package dev.tintype.redis.job;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aJobId;
import static dev.tintype.testing.Fixtures.aResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.CancelReply;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewJob;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two who act on one job at the same time, over connections of their own: one of them wins, the
 * other is told, whichever comes first.
 */
class RacesTest {
  @RegisterExtension static final RedisServer server = RedisServer.bundled();

  // Sometimes the one comes first, sometimes the other.
  private static final int TIMES = 60;
  private static final Worker WORKER = new Worker("w", 1);
  private static final Failure FAILURE = new Failure(FailureCode.TIMEOUT, "60 s passed");

  private static final Vertx vertx = Vertx.vertx();
  private static RedisConnections one;
  private static RedisConnections two;

  private final String namespace = Fixtures.aNamespace();
  private RedisJobStore store;
  private RedisJobQueue queue;
  private RedisJobQueue hasty;
  private RedisUpkeep upkeep;

  @BeforeAll
  static void connect() {
    one = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
    two = RedisConnections.connect(vertx, server.uri(), Patience.FAIL_FAST).await();
  }

  @AfterAll
  static void disconnect() {
    one.close().await();
    two.close().await();
    vertx.close().await();
  }

  @BeforeEach
  void openNewQueue() {
    store = new RedisJobStore(one, namespace, 100_000);
    queue = new RedisJobQueue(two, namespace, Duration.ofMinutes(10), 10_000);
    hasty = new RedisJobQueue(two, namespace, Duration.ofMillis(1), 10_000);
    upkeep =
        new RedisUpkeep(
            one,
            namespace,
            new RedisImageStore(one, namespace),
            Retention.ofAge(Duration.ofDays(1)),
            Duration.ofMinutes(10));
  }

  @AfterEach
  void everythingIsWhereItBelongs() {
    assertThat(QueueAudit.findings(one, namespace, false)).isEmpty();
  }

  @RepeatedTest(TIMES)
  void completionAndReclaim() {
    Assignment assignment = claimed(hasty);

    Future<List<Reclaimed>> reclaim = upkeep.reclaimExpired(10);
    Future<LeaseReply> complete = complete(assignment);
    Future.all(reclaim, complete).await();

    boolean lost =
        reclaim.result().stream().anyMatch(job -> job.job().equals(assignment.lease().job()));
    assertThat(complete.result()).isEqualTo(lost ? LeaseReply.LEASE_LOST : LeaseReply.OK);
    assertThat(job(assignment).state()).isEqualTo(lost ? JobState.QUEUED : JobState.SUCCEEDED);
  }

  @RepeatedTest(TIMES)
  void cancelAndClaim() {
    NewJob job = aJob();
    store.submit(job).await();

    Future<CancelReply> cancel = store.cancel(job.id());
    Future<Optional<Assignment>> claim = queue.claim(WORKER, QueueAccess.nonce());
    Future.all(cancel, claim).await();

    assertThat(cancel.result()).isEqualTo(CancelReply.CANCELLED);
    claim
        .result()
        .ifPresent(
            assignment -> assertThat(complete(assignment).await()).isEqualTo(LeaseReply.CANCELLED));
    assertThat(queue.claim(WORKER, QueueAccess.nonce()).await()).isEmpty();
  }

  @RepeatedTest(TIMES)
  void cancelAndCompletion() {
    Assignment assignment = claimed(queue);

    Future<CancelReply> cancel = store.cancel(assignment.lease().job());
    Future<LeaseReply> complete = complete(assignment);
    Future.all(cancel, complete).await();

    boolean cancelled = cancel.result() == CancelReply.CANCELLED;
    assertThat(complete.result()).isEqualTo(cancelled ? LeaseReply.CANCELLED : LeaseReply.OK);
    assertThat(job(assignment).state())
        .isEqualTo(cancelled ? JobState.CANCELLED : JobState.SUCCEEDED);
  }

  @RepeatedTest(TIMES)
  void aZombieAndTheWorkerThatHasItsJobNow() {
    Assignment zombie = claimed(hasty);
    QueueAccess.untilAny(() -> upkeep.reclaimExpired(10).await());
    Assignment now = queue.claim(WORKER, QueueAccess.nonce()).await().orElseThrow();
    assertThat(now.lease()).isEqualTo(new Lease(zombie.lease().job(), 2));

    Future<LeaseReply> lateFailure =
        new RedisJobQueue(one, namespace, Duration.ofMinutes(10), 1)
            .fail(zombie.lease(), FAILURE, Optional.of(Duration.ZERO));
    Future<LeaseReply> late = complete(zombie);
    Future<LeaseReply> inTime = complete(now);
    Future.all(late, inTime, lateFailure).await();

    assertThat(late.result()).isEqualTo(LeaseReply.LEASE_LOST);
    assertThat(lateFailure.result()).isEqualTo(LeaseReply.LEASE_LOST);
    assertThat(inTime.result()).isEqualTo(LeaseReply.OK);
    assertThat(job(now).result()).isEqualTo(aResultOf(now.imageKey(), 3));
  }

  @RepeatedTest(TIMES)
  void oneSubmissionOverTwoConnections() {
    var request = Fixtures.aRequest();
    var other = new RedisJobStore(two, namespace, 100_000);
    List<Future<SubmitResult>> answers = new ArrayList<>();
    for (RedisJobStore each : List.of(store, other, store, other)) {
      NewJob job = aJob();
      answers.add(each.submit(new NewJob(aJobId(), job.tenant(), job.plan(), request, "order-1")));
    }
    Future.all(answers).await();

    List<JobId> stored =
        answers.stream()
            .map(Future::result)
            .flatMap(
                answer ->
                    answer instanceof Accepted accepted
                        ? Stream.of(accepted.job().id())
                        : Stream.<JobId>empty())
            .toList();
    assertThat(stored).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !(answer.result() instanceof Accepted))
        .allSatisfy(
            answer ->
                assertThat(answer.result())
                    .isEqualTo(
                        new SubmitResult.Answered(stored.get(0), SubmitResult.Reason.REPLAYED)));
  }

  private Assignment claimed(RedisJobQueue by) {
    store.submit(aJob()).await();
    return by.claim(WORKER, QueueAccess.nonce()).await().orElseThrow();
  }

  private Future<LeaseReply> complete(Assignment assignment) {
    return queue.complete(assignment.lease(), aResultOf(assignment.imageKey(), 3));
  }

  private Job job(Assignment assignment) {
    return store.find(assignment.lease().job()).await().orElseThrow();
  }
}
