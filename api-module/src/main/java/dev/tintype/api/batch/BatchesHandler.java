package dev.tintype.api.batch;

import dev.tintype.api.access.Caller;
import dev.tintype.api.access.OwnBatches;
import dev.tintype.api.http.IdempotencyKey;
import dev.tintype.api.http.JsonAnswer;
import dev.tintype.api.http.JsonBody;
import dev.tintype.api.http.RequestBody;
import dev.tintype.api.http.RetryAfter;
import dev.tintype.api.http.TaggedAnswer;
import dev.tintype.api.http.WaitParameter;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.api.submission.BoundedRounds;
import dev.tintype.api.submission.PageCheck;
import dev.tintype.api.submission.Refusal;
import dev.tintype.api.submission.WebhookCheck;
import dev.tintype.capture.BatchReader;
import dev.tintype.capture.BatchRequest;
import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.InvalidCaptureException;
import dev.tintype.capture.Schedule;
import dev.tintype.capture.field.FieldError;
import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.queue.BatchStore;
import dev.tintype.queue.NewBatch;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.BatchAccepted;
import dev.tintype.queue.SubmitResult.BatchReplayed;
import dev.tintype.queue.SubmitResult.TooLarge;
import dev.tintype.webhook.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Captures that are asked for together: made by a POST, read by a GET, cancelled. */
public final class BatchesHandler {
  private static final Logger log = LoggerFactory.getLogger(BatchesHandler.class);

  private final Vertx vertx;
  private final BatchStore batches;
  private final OwnBatches own;
  private final PageCheck pages;
  private final WebhookCheck webhooks;
  private final Duration maxWait;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  public BatchesHandler(
      Vertx vertx,
      BatchStore batches,
      OwnBatches own,
      PageCheck pages,
      WebhookCheck webhooks,
      Duration maxWait,
      InstantSource clock) {
    this.vertx = vertx;
    this.batches = batches;
    this.own = own;
    this.pages = pages;
    this.webhooks = webhooks;
    this.maxWait = maxWait;
    this.clock = clock;
  }

  /** {@code POST /v1/batches}. One call to the queue, however many captures. */
  public Future<Void> submit(RoutingContext ctx) {
    Caller caller = Caller.of(ctx);
    Tenant tenant = caller.tenant();
    String key = IdempotencyKey.of(ctx.request());
    return RequestBody.of(ctx)
        // A thousand captures take longer to read than an event loop may be held.
        .compose(body -> vertx.executeBlocking(() -> BatchReader.read(JsonBody.of(body)), false))
        .compose(batch -> checked(tenant, batch, key))
        .compose(batch -> batches.submit(named(caller, batch, key)))
        .compose(result -> answer(ctx, tenant, result));
  }

  private NewBatch named(Caller caller, BatchRequest batch, @Nullable String key) {
    Instant now = clock.instant();
    List<JobId> jobs = batch.captures().stream().map(capture -> JobId.next(now, random)).toList();
    return new NewBatch(
        BatchId.next(now, random), caller.tenant(), caller.plan(), jobs, batch, key);
  }

  private Future<BatchRequest> checked(Tenant tenant, BatchRequest batch, @Nullable String key) {
    if (key == null) {
      // Sent again under a key it may come too late, and is answered with its batch all the same.
      checkDeadlines(batch.captures());
    }
    Map<Webhook, String> called = new LinkedHashMap<>();
    if (batch.webhook() != null) {
      called.put(batch.webhook(), "/webhook");
    }
    for (int i = 0; i < batch.captures().size(); i++) {
      Webhook webhook = batch.captures().get(i).webhook();
      if (webhook != null) {
        called.putIfAbsent(webhook, "/captures/" + i + "/webhook");
      }
    }
    Map<String, String> signedBy = new LinkedHashMap<>();
    called.forEach((webhook, at) -> signedBy.putIfAbsent(webhook.secret(), at));
    return pages
        .check(batch.captures().stream().map(CaptureRequest::capture).toList())
        .compose(
            fine ->
                Future.all(
                    signedBy.entrySet().stream()
                        .map(each -> webhooks.checkSecret(tenant, each.getKey(), each.getValue()))
                        .toList()))
        .compose(
            signed ->
                new BoundedRounds(clock)
                    .each(
                        List.copyOf(called.entrySet()),
                        each -> webhooks.checkAddress(each.getKey(), each.getValue())))
        .map(batch);
  }

  private void checkDeadlines(List<CaptureRequest> captures) {
    Instant now = clock.instant();
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < captures.size(); i++) {
      Instant deadline = captures.get(i).schedule().deadline();
      if (deadline != null && !deadline.isAfter(now)) {
        errors.add(
            new FieldError(
                "/captures/" + i + Schedule.DEADLINE.pointer(),
                "has passed; allowed is a moment to come"));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidCaptureException(errors);
    }
  }

  private Future<Void> answer(RoutingContext ctx, Tenant tenant, SubmitResult result) {
    if (result instanceof BatchAccepted accepted) {
      Batch batch = accepted.batch();
      log.info("event=batch_queued batch={} tenant={} jobs={}", batch.id(), tenant, batch.total());
      return accept(ctx, batch, accepted.estimate());
    }
    if (result instanceof BatchReplayed replayed) {
      log.info("event=batch_replayed batch={} tenant={}", replayed.batch(), tenant);
      return own.find(Caller.of(ctx), replayed.batch())
          .compose(
              batch -> {
                ctx.response().putHeader("Idempotency-Replayed", "true");
                return accept(ctx, batch, Optional.of(Duration.ZERO));
              });
    }
    if (result instanceof TooLarge tooLarge) {
      log.warn("event=batch_refused tenant={} problem=too_large", tenant);
      throw new InvalidCaptureException(
          List.of(
              new FieldError(
                  "/captures",
                  "are more than may ever wait at once; allowed are %,d here: send several batches"
                      .formatted(tooLarge.most()))));
    }
    var problem = Refusal.of(result).problem();
    log.warn("event=batch_refused tenant={} problem={}", tenant, problem.code());
    return Future.failedFuture(new RequestProblem(problem));
  }

  private Future<Void> accept(RoutingContext ctx, Batch batch, Optional<Duration> likely) {
    HttpServerResponse response =
        ctx.response()
            .setStatusCode(202)
            .putHeader(HttpHeaders.LOCATION, BatchView.self(batch.id()));
    if (batch.open() > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, RetryAfter.header(RetryAfter.ofLikely(likely)));
    }
    return JsonAnswer.send(ctx.request(), "application/json", BatchView.of(batch));
  }

  /** {@code GET /v1/batches/:id}. */
  public Future<Void> get(RoutingContext ctx) {
    BatchId id = OwnBatches.id(ctx);
    Duration wait = WaitParameter.ofQuery(ctx, maxWait);
    return own.await(Caller.of(ctx), id, wait)
        .compose(
            batch -> {
              // Who has waited here may ask again at once: that is how one waits on.
              if (batch.open() > 0 && wait.isZero()) {
                ctx.response()
                    .putHeader(
                        HttpHeaders.RETRY_AFTER,
                        RetryAfter.header(
                            RetryAfter.whileOpen(batch.createdAt(), clock.instant())));
              }
              return TaggedAnswer.ofJson(BatchView.of(batch)).send(ctx.request());
            });
  }

  /** {@code POST /v1/batches/:id/cancel}. */
  public Future<Void> cancel(RoutingContext ctx) {
    BatchId id = OwnBatches.id(ctx);
    Caller caller = Caller.of(ctx);
    return own.find(caller, id)
        .compose(found -> batches.cancel(id))
        .compose(known -> own.find(caller, id))
        .compose(
            batch -> {
              log.info("event=batch_cancelled batch={} tenant={}", id, batch.tenant());
              return JsonAnswer.send(ctx.request(), "application/json", BatchView.of(batch));
            });
  }
}
