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

/** Finds jobs by ID. Fails with the problem that tells an unknown job from a deleted one. */
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
          "\"" + id + "\" is no job id; 26 letters and digits are, as POST /v1/jobs gives them");
    }
    return new JobId(id);
  }

  /** The job as it is now. */
  public Future<Job> find(JobId id) {
    return store.find(id).compose(found -> orMissing(id, found));
  }

  /** The job when it is final, or as it is when the time is over. */
  public Future<Job> await(JobId id, Duration atMost) {
    return waiter
        .await(
            () -> store.find(id),
            job -> job.state().isFinal(),
            listener -> events.onFinished(id, listener),
            atMost)
        .compose(found -> orMissing(id, found));
  }

  private Future<Job> orMissing(JobId id, Optional<Job> found) {
    return found.map(Future::succeededFuture).orElseGet(() -> missing(id));
  }

  /** Always fails: with 410 while a tombstone of the job is kept, with 404 otherwise. */
  public <T> Future<T> missing(JobId id) {
    return store
        .findTombstone(id)
        .compose(
            tombstone ->
                Future.failedFuture(
                    tombstone.map(gone -> gone(id, gone)).orElseGet(() -> unknown(id))));
  }

  private static RequestProblem gone(JobId id, Tombstone tombstone) {
    return new RequestProblem(
        ProblemCode.JOB_GONE,
        "job %s, which was %s, is no longer kept: %s"
            .formatted(id, tombstone.state(), tombstone.reason().sentence()));
  }

  private static RequestProblem unknown(JobId id) {
    return new RequestProblem(
        ProblemCode.JOB_NOT_FOUND, "job " + id + " never was, or has been forgotten long ago");
  }
}
