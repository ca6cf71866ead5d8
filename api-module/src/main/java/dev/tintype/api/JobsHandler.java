package dev.tintype.api;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.TimelineEntry;
import dev.tintype.queue.JobStore;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;

/** The job as a resource: made by a POST, read by a GET, either of which may wait a little. */
final class JobsHandler {
  /** A poll costs two small reads of Redis; every second is no burden and no boredom. */
  static final Duration POLL_AGAIN = Duration.ofSeconds(1);

  private final Intake intake;
  private final JobStore store;
  private final JobWaiter waiter;
  private final Duration maxWait;

  JobsHandler(Intake intake, JobStore store, JobWaiter waiter, Duration maxWait) {
    this.intake = intake;
    this.store = store;
    this.waiter = waiter;
    this.maxWait = maxWait;
  }

  /** {@code POST /v1/jobs}. One call to the queue, unless the client prefers to wait. */
  Future<Void> submit(RoutingContext ctx) {
    HttpServerResponse response = ctx.response();
    var preferred = WaitParameter.ofPreference(ctx.request().getHeader("Prefer"), maxWait);
    preferred.ifPresent(
        wait -> response.putHeader("Preference-Applied", "wait=" + wait.toSeconds()));
    return RequestBody.of(ctx)
        .compose(intake::submit)
        .compose(
            job -> {
              response.setStatusCode(202).putHeader(HttpHeaders.LOCATION, JobView.self(job.id()));
              return preferred.isPresent()
                  ? waiter
                      .await(job.id(), preferred.get())
                      .map(found -> found.orElse(job))
                      // It is stored, whatever happened to the wait: the client must not send it
                      // again.
                      .otherwise(job)
                      .compose(
                          later ->
                              timelineOf(later)
                                  .compose(
                                      timeline ->
                                          send(ctx.request(), later, timeline, preferred.get())))
                  : send(ctx.request(), job, List.of(TimelineEntry.queued(job)), Duration.ZERO);
            });
  }

  private Future<List<TimelineEntry>> timelineOf(Job job) {
    return store.timeline(job.id()).otherwise(List.of(TimelineEntry.queued(job)));
  }

  /** {@code GET /v1/jobs/:id}. */
  Future<Void> get(RoutingContext ctx) {
    return awaitAndSend(ctx.request(), jobId(ctx), WaitParameter.ofQuery(ctx, maxWait));
  }

  private Future<Void> awaitAndSend(HttpServerRequest request, JobId id, Duration wait) {
    return waiter
        .await(id, wait)
        .map(found -> found.orElseThrow(() -> notFound(id)))
        .compose(job -> store.timeline(id).compose(timeline -> send(request, job, timeline, wait)));
  }

  private static Future<Void> send(
      HttpServerRequest request, Job job, List<TimelineEntry> timeline, Duration waited) {
    // Who has waited here may ask again at once: that is how one waits on.
    if (!job.state().isFinal() && waited.isZero()) {
      request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(POLL_AGAIN.toSeconds()));
    }
    return JsonAnswer.send(request, "application/json", JobView.of(job, timeline));
  }

  static JobId jobId(RoutingContext ctx) {
    String id = ctx.pathParam("id");
    if (!JobId.isValid(id)) {
      throw new ProblemException(
          ProblemCode.JOB_NOT_FOUND,
          "\"" + id + "\" is no job id; 26 letters and digits are, as POST /v1/jobs gives them");
    }
    return new JobId(id);
  }

  static ProblemException notFound(JobId id) {
    return new ProblemException(
        ProblemCode.JOB_NOT_FOUND,
        "job " + id + " never was, or has been forgotten after its time");
  }
}
