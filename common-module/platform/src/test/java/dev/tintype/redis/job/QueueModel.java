package dev.tintype.redis.job;

import dev.tintype.capture.Priority;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.queue.CancelReply;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.TenantPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The queue as one would write it if there were one process, no crash and no second: the
 * specification that the scripts are compared with. Where several answers are right (which tenant
 * is next depends on how long captures took), it says which are.
 */
final class QueueModel {
  static final int CAPTURES_PER_HOST = 2;
  private static final int MAX_CRASHES = 2;

  final Map<JobId, ModelJob> jobs = new LinkedHashMap<>();
  private final Map<Tenant, TenantPlan> plans = new LinkedHashMap<>();

  /** What answers an equal capture, by tenant and host. */
  private final Map<String, JobId> answers = new LinkedHashMap<>();

  private long submitted;

  /** When a job is to be done, as far as a story of a few milliseconds can tell. */
  enum When {
    NOW,
    /** In a time that no story lives to see. */
    LATER,
    /** Its deadline has passed already. */
    TOO_LATE
  }

  static final class ModelJob {
    final Tenant tenant;
    final @Nullable String host;
    final long rank;
    final When when;
    JobState state;
    int attempt;
    int failures;
    int crashes;
    boolean dueSoon;
    boolean leaseEndsSoon;
    boolean failedByAWorker;

    ModelJob(Tenant tenant, @Nullable String host, long rank, When when) {
      this.tenant = tenant;
      this.host = host;
      this.rank = rank;
      this.when = when;
      this.state = when == When.LATER ? JobState.SCHEDULED : JobState.QUEUED;
    }

    boolean isWaiting() {
      return state == JobState.QUEUED || state == JobState.SCHEDULED;
    }

    @Override
    public String toString() {
      return "%s, attempt %d, %d failures, %d crashes".formatted(state, attempt, failures, crashes);
    }
  }

  /** The job that answers an equal capture, if there is one that is not served later. */
  @Nullable JobId answer(Tenant tenant, @Nullable String host, Priority priority) {
    JobId other = answers.get(tenant + " " + host);
    ModelJob job = jobs.get(other);
    boolean answers =
        job != null
            && (job.state == JobState.RUNNING
                || job.state == JobState.SUCCEEDED
                || (job.state == JobState.QUEUED
                    && job.rank <= submitted + priority.handicap().toMillis()));
    return answers ? other : null;
  }

  void submit(
      JobId id,
      Tenant tenant,
      TenantPlan plan,
      @Nullable String host,
      Priority priority,
      When when,
      boolean equal) {
    plans.put(tenant, plan);
    // A head start far beyond any story's length.
    long rank = submitted++ + priority.handicap().toMillis();
    jobs.put(id, new ModelJob(tenant, host, rank, when));
    if (equal) {
      answers.put(tenant + " " + host, id);
    }
  }

  /** A claim looks first at what has come due. */
  void promoteDue() {
    for (ModelJob job : jobs.values()) {
      if (job.state == JobState.SCHEDULED && job.dueSoon) {
        job.state = JobState.QUEUED;
      }
    }
  }

  /** Jobs that a claim may give: of each tenant that may run one more, the first that can run. */
  List<JobId> claimable() {
    Map<Tenant, Map.Entry<JobId, ModelJob>> first = new LinkedHashMap<>();
    for (var entry : jobs.entrySet()) {
      ModelJob job = entry.getValue();
      if (job.state == JobState.QUEUED
          && job.when != When.TOO_LATE
          && running(job.tenant) < plan(job).maxRunning()
          && (job.host == null || capturesOf(job.host) < CAPTURES_PER_HOST)) {
        first.merge(
            job.tenant,
            entry,
            (one, other) -> one.getValue().rank <= other.getValue().rank ? one : other);
      }
    }
    return first.values().stream().map(Map.Entry::getKey).toList();
  }

  void claim(JobId id, boolean leaseEndsSoon) {
    ModelJob job = get(id);
    job.state = JobState.RUNNING;
    job.attempt++;
    job.leaseEndsSoon = leaseEndsSoon;
  }

  LeaseReply complete(JobId id, int attempt) {
    LeaseReply reply = reply(id, attempt);
    ModelJob job = jobs.get(id);
    if (reply == LeaseReply.OK) {
      get(id).state = JobState.SUCCEEDED;
    } else if (job != null && job.attempt == attempt && job.state == JobState.SUCCEEDED) {
      return LeaseReply.OK;
    }
    return reply;
  }

  LeaseReply fail(JobId id, int attempt) {
    LeaseReply reply = reply(id, attempt);
    ModelJob job = jobs.get(id);
    if (reply == LeaseReply.OK) {
      get(id).state = JobState.FAILED;
      get(id).failedByAWorker = true;
      return reply;
    }
    return job != null && job.attempt == attempt ? repeated(job, reply) : reply;
  }

  LeaseReply retry(JobId id, int attempt, boolean soon) {
    LeaseReply reply = reply(id, attempt);
    ModelJob job = jobs.get(id);
    if (reply == LeaseReply.OK) {
      ModelJob retried = get(id);
      retried.state = JobState.SCHEDULED;
      retried.failures++;
      retried.dueSoon = soon;
      return LeaseReply.RETRIED;
    }
    return job != null && job.attempt == attempt ? repeated(job, reply) : reply;
  }

  /** A failure that was sent before is answered as before. */
  private static LeaseReply repeated(ModelJob job, LeaseReply otherwise) {
    if (job.state == JobState.SCHEDULED) {
      return LeaseReply.RETRIED;
    }
    return job.state == JobState.FAILED && job.failedByAWorker ? LeaseReply.OK : otherwise;
  }

  LeaseReply release(JobId id, int attempt) {
    LeaseReply reply = reply(id, attempt);
    if (reply == LeaseReply.OK) {
      get(id).state = JobState.QUEUED;
    }
    return reply;
  }

  LeaseReply renew(JobId id, int attempt) {
    LeaseReply reply = reply(id, attempt);
    if (reply == LeaseReply.OK) {
      get(id).leaseEndsSoon = false;
    }
    return reply;
  }

  /** What a worker is told that acts under a lease. */
  private LeaseReply reply(JobId id, int attempt) {
    ModelJob job = jobs.get(id);
    if (job == null || job.attempt != attempt) {
      return LeaseReply.LEASE_LOST;
    }
    return switch (job.state) {
      case RUNNING -> LeaseReply.OK;
      case CANCELLED -> LeaseReply.CANCELLED;
      default -> LeaseReply.LEASE_LOST;
    };
  }

  CancelReply cancel(JobId id) {
    ModelJob job = jobs.get(id);
    if (job == null) {
      return CancelReply.UNKNOWN;
    }
    if (job.isWaiting() || job.state == JobState.RUNNING) {
      job.state = JobState.CANCELLED;
    }
    return job.state == JobState.CANCELLED ? CancelReply.CANCELLED : CancelReply.FINISHED;
  }

  /** Takes away every job whose lease has ended, and names them. */
  List<JobId> reclaim() {
    List<JobId> reclaimed = new ArrayList<>();
    jobs.forEach(
        (id, job) -> {
          if (job.state == JobState.RUNNING && job.leaseEndsSoon) {
            job.crashes++;
            job.state = job.crashes >= MAX_CRASHES ? JobState.FAILED : JobState.QUEUED;
            reclaimed.add(id);
          }
        });
    return reclaimed;
  }

  /** Ends what waits and is of no use any more, and names it. */
  List<JobId> expire() {
    List<JobId> expired = new ArrayList<>();
    jobs.forEach(
        (id, job) -> {
          if (job.isWaiting() && job.when == When.TOO_LATE) {
            job.state = JobState.EXPIRED;
            expired.add(id);
          }
        });
    return expired;
  }

  List<JobId> finished() {
    return jobs.entrySet().stream()
        .filter(entry -> entry.getValue().state.isFinal())
        .map(Map.Entry::getKey)
        .toList();
  }

  private ModelJob get(JobId id) {
    return Objects.requireNonNull(jobs.get(id));
  }

  private TenantPlan plan(ModelJob job) {
    return Objects.requireNonNull(plans.get(job.tenant));
  }

  private long running(Tenant tenant) {
    return jobs.values().stream()
        .filter(job -> job.state == JobState.RUNNING && job.tenant.equals(tenant))
        .count();
  }

  private long capturesOf(String host) {
    return jobs.values().stream()
        .filter(job -> job.state == JobState.RUNNING && host.equals(job.host))
        .count();
  }
}
