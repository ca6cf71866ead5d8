package dev.tintype.api.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.api.access.Caller;
import dev.tintype.api.access.OwnJobs;
import dev.tintype.api.http.IdempotencyKey;
import dev.tintype.api.http.JsonBody;
import dev.tintype.api.http.RequestBody;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.api.submission.PageCheck;
import dev.tintype.api.submission.Refusal;
import dev.tintype.api.submission.WebhookCheck;
import dev.tintype.capture.CaptureReader;
import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.Input;
import dev.tintype.capture.InvalidCaptureException;
import dev.tintype.capture.Schedule;
import dev.tintype.capture.field.FieldError;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.Accepted;
import dev.tintype.queue.SubmitResult.Answered;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a request into a stored job. The one way in, for every route that makes a single job. */
public final class Intake {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private static final int MAX_BODY_BYTES_BESIDE_HTML = 1 << 20;

  private final JobStore store;
  private final OwnJobs jobs;
  private final PageCheck pages;
  private final WebhookCheck webhooks;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  public Intake(
      JobStore store, OwnJobs jobs, PageCheck pages, WebhookCheck webhooks, InstantSource clock) {
    this.store = store;
    this.jobs = jobs;
    this.pages = pages;
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /** Stores the capture that a JSON body asks for. */
  Future<Receipt> submit(RoutingContext ctx, Buffer body) {
    JsonNode json = JsonBody.of(body);
    if (body.length() > MAX_BODY_BYTES_BESIDE_HTML
        && lengthBesideHtml(json) > MAX_BODY_BYTES_BESIDE_HTML) {
      throw RequestBody.tooLarge();
    }
    return submit(ctx, CaptureReader.read(json));
  }

  /** Stores the capture that query parameters ask for. */
  Future<Receipt> submit(RoutingContext ctx, MultiMap parameters) {
    return submit(ctx, CaptureReader.read(parameters.entries()));
  }

  private static int lengthBesideHtml(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      return json.toString().length();
    }
    ObjectNode rest = object.objectNode();
    rest.setAll(object);
    rest.remove(Input.HTML.pointer().substring(1));
    return rest.toString().length();
  }

  private Future<Receipt> submit(RoutingContext ctx, CaptureRequest capture) {
    Caller caller = Caller.of(ctx);
    String idempotencyKey = IdempotencyKey.of(ctx.request());
    if (idempotencyKey == null) {
      // A repeated submission may arrive after its deadline: its key still finds the first job.
      checkDeadline(capture);
    }
    return pages
        .check(capture.capture())
        .compose(
            allowed ->
                capture.webhook() == null
                    ? Future.<Void>succeededFuture()
                    : webhooks.check(caller.tenant(), capture.webhook(), "/webhook"))
        .compose(
            callable -> {
              JobId id = JobId.next(clock.instant(), random);
              return store.submit(
                  new NewJob(id, caller.tenant(), caller.plan(), capture, idempotencyKey));
            })
        .compose(result -> receipt(result, caller, isForOthersToo(capture)));
  }

  private Future<Receipt> receipt(SubmitResult result, Caller caller, boolean cacheable) {
    Tenant tenant = caller.tenant();
    if (result instanceof Accepted accepted) {
      Job job = accepted.job();
      log.info(
          "event={} job={} tenant={} ahead={}",
          job.state(),
          job.id(),
          tenant,
          accepted.jobsAhead());
      return Future.succeededFuture(new Receipt(job, null, accepted.estimate(), cacheable));
    }
    if (result instanceof Answered answered) {
      log.info(
          "event={} job={} tenant={}",
          answered.reason().name().toLowerCase(Locale.ROOT),
          answered.job(),
          tenant);
      return jobs.find(caller, answered.job())
          .map(job -> new Receipt(job, answered.reason(), Optional.empty(), cacheable));
    }
    Refusal refusal = Refusal.of(result);
    log.warn("event=submit_refused tenant={} problem={}", tenant, refusal.problem().code());
    return Future.failedFuture(new RequestProblem(refusal.problem()));
  }

  private void checkDeadline(CaptureRequest capture) {
    Instant deadline = capture.schedule().deadline();
    if (deadline != null && !deadline.isAfter(clock.instant())) {
      throw new InvalidCaptureException(
          List.of(
              new FieldError(
                  Schedule.DEADLINE.pointer(), "has passed; allowed is a moment to come")));
    }
  }

  /**
   * Whether the job may answer later equal captures, too. A job that may expire or is scheduled
   * does not: the others did not ask for that.
   */
  private static boolean isForOthersToo(CaptureRequest capture) {
    Schedule schedule = capture.schedule();
    return capture.cacheMaxAge() != null
        && schedule.notBefore() == null
        && schedule.deadline() == null
        && schedule.queueTimeout() == null;
  }
}
