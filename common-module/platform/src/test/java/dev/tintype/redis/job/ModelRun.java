package dev.tintype.redis.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Priority;
import dev.tintype.capture.Schedule;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.Lease;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.QueueUpkeep.Reclaimed;
import dev.tintype.queue.QueueUpkeep.Trimmed;
import dev.tintype.queue.Retention;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.Accepted;
import dev.tintype.queue.SubmitResult.Answered;
import dev.tintype.queue.TenantPlan;
import dev.tintype.queue.Worker;
import dev.tintype.redis.connection.RedisConnections;
import dev.tintype.redis.image.RedisImageStore;
import dev.tintype.redis.job.QueueModel.ModelJob;
import dev.tintype.redis.job.QueueModel.When;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One story, told to a fresh queue in Redis and to a fresh model at the same time. */
final class ModelRun {
  private static final Worker WORKER = new Worker("w", 4);
  private static final Failure FAILURE = new Failure(FailureCode.TIMEOUT, "60 s passed");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final List<Tenant> TENANTS = List.of(new Tenant("a"), new Tenant("b"));
  // One at its limit soon, the other not so soon; and unequal shares.
  private static final List<TenantPlan> PLANS =
      List.of(new TenantPlan(1, 2, 1_000, 0, 1), new TenantPlan(3, 4, 1_000, 0, 1));
  private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

  private final QueueModel model = new QueueModel();
  private final String namespace = Fixtures.aNamespace();
  private final RedisConnections redis;
  private final RedisJobStore store;
  private final RedisImageStore images;
  private final List<JobId> jobs = new ArrayList<>();
  private final List<Assignment> leases = new ArrayList<>();
  private String lastNonce = "none";
  private @Nullable Assignment lastClaim;

  ModelRun(RedisConnections redis) {
    this.redis = redis;
    this.store = new RedisJobStore(redis, namespace, 10_000);
    this.images = new RedisImageStore(redis, namespace);
  }

  /** One thing that somebody does. A number names a job or a lease, counted from the latest. */
  sealed interface Step {}

  record Submit(int tenant, int host, Priority priority, When when, boolean equal)
      implements Step {}

  record Claim(boolean leaseEndsSoon) implements Step {}

  record ClaimAgain() implements Step {}

  record Complete(int lease) implements Step {}

  record Fail(int lease) implements Step {}

  record Retry(int lease, boolean soon) implements Step {}

  record Release(int lease) implements Step {}

  record Renew(int lease) implements Step {}

  record CancelJob(int job) implements Step {}

  record Forget(int job) implements Step {}

  record Reclaim() implements Step {}

  record Expire() implements Step {}

  record Trim(int kept) implements Step {}

  record Reconcile() implements Step {}

  QueueModel model() {
    return model;
  }

  List<String> findings() {
    return QueueAudit.findings(redis, namespace, true);
  }

  void take(Step step) {
    if (step instanceof Submit submit) {
      submit(submit);
    } else if (step instanceof Claim claim) {
      claim(claim.leaseEndsSoon());
    } else if (step instanceof ClaimAgain) {
      claimAgain();
    } else if (step instanceof Complete complete) {
      latest(leases, complete.lease()).ifPresent(this::complete);
    } else if (step instanceof Fail fail) {
      latest(leases, fail.lease()).ifPresent(this::fail);
    } else if (step instanceof Retry retry) {
      latest(leases, retry.lease()).ifPresent(lease -> retry(lease, retry.soon()));
    } else if (step instanceof Release release) {
      latest(leases, release.lease()).ifPresent(this::release);
    } else if (step instanceof Renew renew) {
      latest(leases, renew.lease()).ifPresent(this::renew);
    } else if (step instanceof CancelJob cancel) {
      latest(jobs, cancel.job()).ifPresent(id -> same(store.cancel(id).await(), model.cancel(id)));
    } else if (step instanceof Forget forget) {
      latest(jobs, forget.job()).ifPresent(this::forget);
    } else if (step instanceof Reclaim) {
      reclaim();
    } else if (step instanceof Expire) {
      assertThat(upkeep(1_000).expireWaiting(1_000).await())
          .containsExactlyInAnyOrderElementsOf(model.expire());
    } else if (step instanceof Trim trim) {
      trim(trim.kept());
    } else {
      assertThat(upkeep(1_000).reconcile().await()).as("nothing is out of its place").isEmpty();
    }
  }

  private void submit(Submit step) {
    JobId id = Fixtures.aJobId();
    Tenant tenant = TENANTS.get(step.tenant());
    TenantPlan plan = PLANS.get(step.tenant());
    // The third kind of page is given as html, and so has no host.
    String host = step.host() == 2 ? null : "host-" + step.host() + ".example";
    var schedule =
        new Schedule(
            step.priority(),
            step.when() == When.LATER ? FUTURE : null,
            step.when() == When.TOO_LATE ? Instant.EPOCH : null,
            null);
    boolean equal = step.equal() && step.when() == When.NOW;
    var request = Fixtures.aRequest(capture(host), schedule, equal ? LONG : null);
    SubmitResult result = store.submit(new NewJob(id, tenant, plan, request, null)).await();
    JobId answer = equal ? model.answer(tenant, host, step.priority()) : null;
    if (answer == null) {
      assertThat(result).isInstanceOf(Accepted.class);
      model.submit(id, tenant, plan, host, step.priority(), step.when(), equal);
      jobs.add(id);
    } else {
      assertThat(result).isInstanceOf(Answered.class);
      same(((Answered) result).job(), answer);
    }
  }

  private static CaptureSpec capture(@Nullable String host) {
    return host != null
        ? Fixtures.aCaptureOf("https://" + host + "/")
        : CaptureSpec.ofHtml("<p>hello");
  }

  private Optional<Assignment> claim(boolean leaseEndsSoon) {
    lastNonce = QueueAccess.nonce();
    return claim(leaseEndsSoon, lastNonce);
  }

  private Optional<Assignment> claim(boolean leaseEndsSoon, String nonce) {
    model.promoteDue();
    List<JobId> claimable = model.claimable();
    Optional<Assignment> claimed =
        queue(leaseEndsSoon ? Duration.ofMillis(1) : LONG).claim(WORKER, nonce).await();
    if (claimed.isEmpty()) {
      assertThat(claimable).as("an empty queue").isEmpty();
    } else {
      Lease lease = claimed.get().lease();
      assertThat(claimable).contains(lease.job());
      model.claim(lease.job(), leaseEndsSoon);
      ModelJob job = Objects.requireNonNull(model.jobs.get(lease.job()));
      same(lease.attempt(), job.attempt);
      same(claimed.get().failures(), job.failures);
      leases.add(claimed.get());
    }
    lastClaim = claimed.orElse(null);
    // On its way a claim may have come past jobs that are too late, or not.
    model.jobs.forEach(
        (id, job) -> {
          if (job.state == JobState.QUEUED
              && job.when == When.TOO_LATE
              && job(id).state() == JobState.EXPIRED) {
            job.state = JobState.EXPIRED;
          }
        });
    return claimed;
  }

  /** The reply was lost. While the job runs it is given again, and then the claim is like any. */
  private void claimAgain() {
    if (lastClaim == null) {
      return;
    }
    Lease lease = lastClaim.lease();
    if (model.renew(lease.job(), lease.attempt()) == LeaseReply.OK) {
      same(queue(LONG).claim(WORKER, lastNonce).await().map(Assignment::lease), Optional.of(lease));
    } else {
      claim(false, lastNonce);
    }
  }

  private void complete(Assignment assignment) {
    Lease lease = assignment.lease();
    Buffer image = Buffer.buffer("png");
    LeaseReply expected = model.complete(lease.job(), lease.attempt());
    if (expected == LeaseReply.OK) {
      images.put(assignment.imageKey(), image, LONG).await();
    }
    same(
        queue(LONG)
            .complete(lease, Fixtures.aResultOf(assignment.imageKey(), image.length()))
            .await(),
        expected);
  }

  private void fail(Assignment assignment) {
    Lease lease = assignment.lease();
    same(
        queue(LONG).fail(lease, FAILURE, Optional.empty()).await(),
        model.fail(lease.job(), lease.attempt()));
  }

  private void retry(Assignment assignment, boolean soon) {
    Lease lease = assignment.lease();
    Duration pause = soon ? Duration.ZERO : Duration.ofHours(1);
    same(
        queue(LONG).fail(lease, FAILURE, Optional.of(pause)).await(),
        model.retry(lease.job(), lease.attempt(), soon));
  }

  private void release(Assignment assignment) {
    Lease lease = assignment.lease();
    same(queue(LONG).release(lease).await(), model.release(lease.job(), lease.attempt()));
  }

  private void renew(Assignment assignment) {
    Lease lease = assignment.lease();
    LeaseReply expected = model.renew(lease.job(), lease.attempt());
    LeaseReply reply = queue(LONG).renew(WORKER, List.of(lease)).await().get(lease);
    ModelJob job = model.jobs.get(lease.job());
    boolean cancelledLater = job != null && job.state == JobState.CANCELLED;
    assertThat(reply).isEqualTo(cancelledLater ? LeaseReply.CANCELLED : expected);
  }

  private void forget(JobId id) {
    assertThat(store.delete(id).await()).isTrue();
    model.jobs.remove(id);
  }

  private void reclaim() {
    letLeasesEnd();
    assertThat(upkeep(1_000).reclaimExpired(1_000).await())
        .extracting(Reclaimed::job)
        .containsExactlyInAnyOrderElementsOf(model.reclaim());
  }

  /** Looks at the clock of Redis until a lease of a millisecond has ended. */
  private void letLeasesEnd() {
    long end = micros() + 2_000;
    QueueAccess.untilAny(() -> micros() > end ? List.of(true) : List.<Boolean>of());
  }

  private long micros() {
    List<String> time = redis.run(commands -> commands.time()).await();
    return Long.parseLong(time.get(0)) * 1_000_000 + Long.parseLong(time.get(1));
  }

  private void trim(int kept) {
    List<JobId> finished = model.finished();
    List<JobId> forgotten =
        upkeep(kept).trimFinished(1_000).await().stream().map(Trimmed::job).toList();
    assertThat(finished).containsAll(forgotten);
    same(forgotten.size(), Math.max(0, finished.size() - kept));
    forgotten.forEach(model.jobs::remove);
  }

  void compareJobs() {
    for (Map.Entry<JobId, ModelJob> entry : model.jobs.entrySet()) {
      Job job = job(entry.getKey());
      ModelJob expected = entry.getValue();
      assertThat(
              "%s, attempt %d, %d failures, %d crashes"
                  .formatted(job.state(), job.attempt(), job.failures(), job.crashes()))
          .isEqualTo(expected.toString());
    }
  }

  /** As a fleet does that is left alone: everything that can end ends. */
  void workUntilNothingIsLeft() {
    for (Assignment assignment : List.copyOf(leases)) {
      complete(assignment);
    }
    for (var next = claim(false); next.isPresent(); next = claim(false)) {
      complete(next.get());
    }
    compareJobs();
  }

  private Job job(JobId id) {
    return store.find(id).await().orElseThrow();
  }

  private RedisJobQueue queue(Duration lease) {
    return new RedisJobQueue(redis, namespace, lease, QueueModel.CAPTURES_PER_HOST);
  }

  private RedisUpkeep upkeep(long kept) {
    var retention =
        new Retention(Duration.ofDays(1), kept, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    return new RedisUpkeep(
        redis, namespace, new RedisImageStore(redis, namespace), retention, Duration.ofMinutes(10));
  }

  private static <T> Optional<T> latest(List<T> all, int back) {
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.get(all.size() - 1 - back % all.size()));
  }

  private static void same(@Nullable Object answer, @Nullable Object expected) {
    assertThat(answer).isEqualTo(expected);
  }
}
