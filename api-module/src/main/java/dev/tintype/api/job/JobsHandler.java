package dev.tintype.api.job;

import dev.tintype.api.access.Caller;
import dev.tintype.api.access.OwnJobs;
import dev.tintype.api.http.JsonAnswer;
import dev.tintype.api.http.RequestBody;
import dev.tintype.api.http.RetryAfter;
import dev.tintype.api.http.TaggedAnswer;
import dev.tintype.api.http.WaitParameter;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.api.view.JobView;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry;
import dev.tintype.queue.JobStore;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job as a resource: made by a POST, read by a GET, either of which may wait a little;
 * cancelled and deleted.
 */
public final class JobsHandler {
  private static final Logger log = LoggerFactory.getLogger(JobsHandler.class);

  private final Intake intake;
  private final JobStore store;
  private final OwnJobs jobs;
  private final Duration maxWait;
  private final InstantSource clock;

  public JobsHandler(
      Intake intake, JobStore store, OwnJobs jobs, Duration maxWait, InstantSource clock) {
    this.intake = intake;
    this.store = store;
    this.jobs = jobs;
    this.maxWait = maxWait;
    this.clock = clock;
  }

  /**
   * {@code POST /v1/jobs}. One call to the queue for a new job. Answers of another job and a
   * preferred wait cost more.
   */
  public Future<Void> submit(RoutingContext ctx) {
    HttpServerResponse response = ctx.response();
    var preferred = WaitParameter.ofPreference(ctx.request().getHeader("Prefer"), maxWait);
    preferred.ifPresent(
        wait -> response.putHeader("Preference-Applied", "wait=" + wait.toSeconds()));
    return RequestBody.of(ctx)
        .compose(body -> intake.submit(ctx, body))
        .compose(
            receipt -> {
              Job job = receipt.job();
              receipt.describe(response.setStatusCode(202));
              if (preferred.isPresent()) {
                return jobs.await(Caller.of(ctx), job.id(), preferred.get())
                    // It is stored, whatever happened to the wait: the client must not send it
                    // again.
                    .otherwise(job)
                    .compose(later -> sendWithStory(ctx.request(), later, preferred.get()));
              }
              if (receipt.reason() != null) {
                return sendWithStory(ctx.request(), job, Duration.ZERO);
              }
              response.putHeader(
                  HttpHeaders.RETRY_AFTER,
                  RetryAfter.header(
                      job.state() == JobState.SCHEDULED
                          ? retryAfter(job, clock.instant())
                          : RetryAfter.ofLikely(receipt.likely())));
              return send(ctx.request(), JobView.of(job, List.of(TimelineEntry.first(job))));
            });
  }

  /** {@code GET /v1/jobs/:id}. */
  public Future<Void> get(RoutingContext ctx) {
    JobId id = OwnJobs.id(ctx);
    Duration wait = WaitParameter.ofQuery(ctx, maxWait);
    return jobs.await(Caller.of(ctx), id, wait)
        .compose(job -> withStory(ctx.request(), job, wait))
        .compose(view -> TaggedAnswer.ofJson(view).send(ctx.request()));
  }

  /** {@code POST /v1/jobs/:id/cancel}. */
  public Future<Void> cancel(RoutingContext ctx) {
    JobId id = OwnJobs.id(ctx);
    Caller caller = Caller.of(ctx);
    return jobs.find(caller, id)
        .compose(own -> store.cancel(id))
        .compose(reply -> jobs.find(caller, id))
        .compose(
            job -> {
              if (job.state() != JobState.CANCELLED) {
                throw new RequestProblem(
                    ProblemCode.JOB_FINISHED,
                    "job " + id + " is " + job.state() + ", and a final state never changes");
              }
              log.info("event=cancelled job={} tenant={}", id, job.tenant());
              return sendWithStory(ctx.request(), job, Duration.ZERO);
            });
  }

  /** {@code DELETE /v1/jobs/:id}. */
  public Future<Void> delete(RoutingContext ctx) {
    JobId id = OwnJobs.id(ctx);
    Caller caller = Caller.of(ctx);
    return jobs.tombstone(caller, id)
        .compose(
            gone ->
                gone.isPresent()
                    ? Future.succeededFuture(true)
                    : jobs.find(caller, id).compose(own -> store.delete(id)))
        .compose(
            known -> {
              if (!known) {
                return jobs.missing(caller, id);
              }
              log.info("event=deleted job={}", id);
              return ctx.response().setStatusCode(204).end();
            });
  }

  private Future<Void> sendWithStory(HttpServerRequest request, Job job, Duration waited) {
    return withStory(request, job, waited).compose(view -> send(request, view));
  }

  private Future<JobView> withStory(HttpServerRequest request, Job job, Duration waited) {
    // Who has waited here may ask again at once: that is how one waits on.
    if (!job.state().isFinal() && waited.isZero()) {
      request
          .response()
          .putHeader(HttpHeaders.RETRY_AFTER, RetryAfter.header(retryAfter(job, clock.instant())));
    }
    return store
        .findTimeline(job.id())
        .otherwise(List.of(TimelineEntry.first(job)))
        .map(timeline -> JobView.of(job, timeline));
  }

  private static Future<Void> send(HttpServerRequest request, JobView view) {
    return JsonAnswer.send(request, "application/json", view);
  }

  /** When it is worth polling again. */
  static Duration retryAfter(Job job, Instant now) {
    if (job.state() == JobState.SCHEDULED && job.notBefore() != null && job.attempt() == 0) {
      return RetryAfter.until(job.notBefore(), now);
    }
    Instant started = job.state() == JobState.RUNNING ? job.startedAt() : null;
    return RetryAfter.whileOpen(Objects.requireNonNullElse(started, job.createdAt()), now);
  }
}
