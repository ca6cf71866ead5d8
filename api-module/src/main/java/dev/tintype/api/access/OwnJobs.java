package dev.tintype.api.access;

import dev.tintype.api.http.Waiter;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.Tombstone;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds jobs by ID, for their owner alone: another tenant's job is answered exactly like an unknown
 * ID. Every look-up of a job by ID goes through here.
 */
public final class OwnJobs {
  private final JobStore store;
  private final JobEvents events;
  private final Waiter waiter;

  public OwnJobs(JobStore store, JobEvents events, Waiter waiter) {
    this.store = store;
    this.events = events;
    this.waiter = waiter;
  }

  /** The job ID in the path. */
  public static JobId id(RoutingContext ctx) {
    String id = ctx.pathParam("id");
    if (!JobId.isValid(id)) {
      throw new RequestProblem(
          ProblemCode.JOB_NOT_FOUND,
          "\""
              + id
              + "\" is not a job ID. Expected 26 letters and digits, as POST /v1/jobs returns them");
    }
    return new JobId(id);
  }

  /** The job as it is now. */
  public Future<Job> find(Caller caller, JobId id) {
    return store.find(id).compose(found -> orMissing(caller, id, found));
  }

  /** The job when it is final, or as it is when the time is over. */
  public Future<Job> await(Caller caller, JobId id, Duration atMost) {
    return waiter
        .await(
            () -> store.find(id),
            // Nobody waits for what is not theirs.
            job -> job.state().isFinal() || !caller.owns(job.tenant()),
            listener -> events.onFinished(id, listener),
            atMost)
        .compose(found -> orMissing(caller, id, found));
  }

  private Future<Job> orMissing(Caller caller, JobId id, Optional<Job> found) {
    return found
        .filter(job -> caller.owns(job.tenant()))
        .map(Future::succeededFuture)
        .orElseGet(() -> missing(caller, id));
  }

  /** Always fails: with 410 while a tombstone of the job is kept, with 404 otherwise. */
  public <T> Future<T> missing(Caller caller, JobId id) {
    return tombstone(caller, id)
        .compose(
            tombstone ->
                Future.failedFuture(
                    tombstone.map(gone -> gone(id, gone)).orElseGet(() -> unknown(id))));
  }

  /** What is left of a deleted job of the caller. */
  public Future<Optional<Tombstone>> tombstone(Caller caller, JobId id) {
    return store
        .findTombstone(id)
        .map(found -> found.filter(tombstone -> caller.owns(tombstone.tenant())));
  }

  private static RequestProblem gone(JobId id, Tombstone tombstone) {
    return new RequestProblem(
        ProblemCode.JOB_GONE,
        "job %s (%s) is no longer kept: %s"
            .formatted(id, tombstone.state(), tombstone.reason().sentence()));
  }

  private static RequestProblem unknown(JobId id) {
    return new RequestProblem(
        ProblemCode.JOB_NOT_FOUND,
        "there is no job " + id + ", or it was deleted more than a day ago");
  }
}
