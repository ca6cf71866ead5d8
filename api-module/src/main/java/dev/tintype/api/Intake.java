package dev.tintype.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.egress.EgressDecision;
import dev.tintype.egress.EgressPolicy;
import dev.tintype.job.CaptureRequest;
import dev.tintype.job.CaptureSpec;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.Schedule;
import dev.tintype.job.Tenant;
import dev.tintype.job.Webhook;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.Accepted;
import dev.tintype.queue.SubmitResult.Answered;
import dev.tintype.request.CaptureField;
import dev.tintype.request.CaptureReader;
import dev.tintype.request.FieldError;
import dev.tintype.request.InvalidCaptureException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a request into a stored job. The one way in, for every route that makes jobs. */
final class Intake {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  /** A page of 5 MiB, with room for the escapes of JSON. */
  static final int MAX_BODY_BYTES = 8 << 20;

  private static final int MAX_BODY_BYTES_BESIDE_HTML = 1 << 20;

  // As Stripe's; room for a name, a date and a UUID.
  private static final int MAX_IDEMPOTENCY_KEY = 255;

  private final JobStore store;
  private final EgressPolicy egress;
  private final WebhookCheck webhooks;
  private final Tenants tenants;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  Intake(
      JobStore store,
      EgressPolicy egress,
      WebhookCheck webhooks,
      Tenants tenants,
      InstantSource clock) {
    this.store = store;
    this.tenants = tenants;
    this.egress = egress;
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /** Stores the capture that a JSON body asks for. */
  Future<Receipt> submit(HttpServerRequest request, Buffer body) {
    JsonNode json = JsonBody.of(body);
    if (body.length() > MAX_BODY_BYTES_BESIDE_HTML
        && lengthBesideHtml(json) > MAX_BODY_BYTES_BESIDE_HTML) {
      throw RequestBody.tooLarge();
    }
    return submit(request, CaptureReader.read(json));
  }

  /** Stores the capture that query parameters ask for. */
  Future<Receipt> submit(HttpServerRequest request, MultiMap parameters) {
    return submit(request, CaptureReader.read(parameters.entries()));
  }

  private static int lengthBesideHtml(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      return json.toString().length();
    }
    ObjectNode rest = object.objectNode();
    rest.setAll(object);
    rest.remove(CaptureField.HTML.flatName());
    return rest.toString().length();
  }

  private Future<Receipt> submit(HttpServerRequest request, CaptureRequest capture) {
    Tenant tenant = tenants.of(request);
    String idempotencyKey = idempotencyKey(request);
    if (idempotencyKey == null) {
      // Sent again under a key it may come too late, and is answered with its job all the same.
      checkDeadline(capture);
    }
    return checkEgress(capture.capture())
        .compose(
            allowed ->
                capture.webhook() == null
                    ? Future.<Void>succeededFuture()
                    : webhooks.check(tenant, capture.webhook(), "/webhook", Webhook.DEFAULT_SECRET))
        .compose(
            callable -> {
              JobId id = JobId.next(clock.instant(), random);
              return store.submit(
                  new NewJob(id, tenant, tenants.planOf(tenant), capture, idempotencyKey));
            })
        .compose(result -> receipt(result, tenant, isForOthersToo(capture)));
  }

  private Future<Receipt> receipt(SubmitResult result, Tenant tenant, boolean cacheable) {
    if (result instanceof Accepted accepted) {
      Job job = accepted.job();
      log.info(
          "event={} job={} tenant={} ahead={}", job.state(), job.id(), tenant, accepted.ahead());
      return Future.succeededFuture(new Receipt(job, null, accepted.likely(), cacheable));
    }
    if (result instanceof Answered answered) {
      log.info(
          "event={} job={} tenant={}",
          answered.reason().name().toLowerCase(Locale.ROOT),
          answered.job(),
          tenant);
      return MissingJob.orFound(store, answered.job())
          .map(job -> new Receipt(job, answered.reason(), Optional.empty(), cacheable));
    }
    Refusal refusal = Refusal.of(result);
    log.warn("event=submit_refused tenant={} problem={}", tenant, refusal.problem().code());
    return Future.failedFuture(new ProblemException(refusal.problem()));
  }

  private static @Nullable String idempotencyKey(HttpServerRequest request) {
    String key = request.getHeader("Idempotency-Key");
    if (key != null && (key.isBlank() || key.length() > MAX_IDEMPOTENCY_KEY)) {
      String detail =
          "is %d characters long; allowed is 1 to %d".formatted(key.length(), MAX_IDEMPOTENCY_KEY);
      throw new ProblemException(
          ProblemCode.INVALID_PARAMETER,
          "header Idempotency-Key " + detail,
          List.of(new FieldError("/Idempotency-Key", detail)));
    }
    return key;
  }

  private void checkDeadline(CaptureRequest capture) {
    Instant deadline = capture.schedule().deadline();
    if (deadline != null && !deadline.isAfter(clock.instant())) {
      throw new InvalidCaptureException(
          List.of(
              new FieldError(
                  CaptureField.DEADLINE.pointer(), "has passed; allowed is a moment to come")));
    }
  }

  /**
   * One that may expire, or is for later, answers no equal capture: those have not asked for that.
   */
  private static boolean isForOthersToo(CaptureRequest capture) {
    Schedule schedule = capture.schedule();
    return capture.cacheMaxAge() != null
        && schedule.notBefore() == null
        && schedule.deadline() == null
        && schedule.queueTimeout() == null;
  }

  /** Asked again, with what the names resolve to then, whenever the browser dials. */
  private Future<Void> checkEgress(CaptureSpec spec) {
    if (spec.url() == null) {
      return Future.succeededFuture();
    }
    return egress
        .decide(URI.create(spec.url()))
        .compose(
            decision -> {
              if (decision instanceof EgressDecision.Refused refused) {
                return Future.failedFuture(refusal(refused));
              }
              if (decision instanceof EgressDecision.Unresolved unresolved) {
                // A name that does not resolve here and now may do so for the worker.
                log.info("event=unresolved at=submit reason=\"{}\"", unresolved.message());
              }
              return Future.succeededFuture();
            });
  }

  private static ProblemException refusal(EgressDecision.Refused refused) {
    log.warn("event=egress_refused at=submit reason=\"{}\"", refused.reason());
    return new ProblemException(
        ProblemCode.EGRESS_REFUSED,
        refused.message(),
        List.of(new FieldError(CaptureField.URL.pointer(), refused.message())));
  }
}
