package dev.tintype.api;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.queue.JobStore;
import io.vertx.core.Future;
import java.util.Optional;

/** Tells a job that never was from one that is no longer kept. */
final class MissingJob {
  private MissingJob() {}

  /** The job as it is now; fails with the problem that says why there is none. */
  static Future<Job> orFound(JobStore store, JobId id) {
    return store.find(id).compose(found -> orFound(store, id, found));
  }

  static Future<Job> orFound(JobStore store, JobId id, Optional<Job> found) {
    return found.map(Future::succeededFuture).orElseGet(() -> explain(store, id));
  }

  static <T> Future<T> explain(JobStore store, JobId id) {
    return store
        .findTombstone(id)
        .compose(
            tombstone ->
                Future.failedFuture(
                    tombstone
                        .map(
                            gone ->
                                new ProblemException(
                                    ProblemCode.JOB_GONE,
                                    "job %s, which was %s, is no longer kept: %s"
                                        .formatted(id, gone.state(), gone.reason().sentence())))
                        .orElseGet(
                            () ->
                                new ProblemException(
                                    ProblemCode.JOB_NOT_FOUND,
                                    "job " + id + " never was, or has been forgotten long ago"))));
  }
}
