package dev.tintype.api.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.access.Caller;
import dev.tintype.api.access.OwnJobs;
import dev.tintype.api.http.JsonAnswer;
import dev.tintype.api.http.JsonBody;
import dev.tintype.api.http.Parameters;
import dev.tintype.api.http.RequestBody;
import dev.tintype.api.http.TaggedAnswer;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.json.Json;
import dev.tintype.outbox.DeliveryId;
import dev.tintype.outbox.DeliveryLog;
import dev.tintype.outbox.LoggedDelivery;
import dev.tintype.outbox.LoggedDelivery.State;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of webhooks, and another chance for them. */
public final class DeliveriesHandler {
  private static final Logger log = LoggerFactory.getLogger(DeliveriesHandler.class);
  private static final String PATH = "/v1/webhooks/deliveries/";
  private final OwnJobs jobs;
  private final DeliveryLog deliveries;

  public DeliveriesHandler(OwnJobs jobs, DeliveryLog deliveries) {
    this.jobs = jobs;
    this.deliveries = deliveries;
  }

  /** {@code GET /v1/webhooks/deliveries}: the newest first. */
  public Future<Void> list(RoutingContext ctx) {
    var parameters = new Parameters(ctx);
    String cursor =
        parameters.read(
            "cursor", "what the page before gave as its cursor", DeliveriesHandler::cursor);
    int limit = parameters.limit();
    parameters.check();
    return deliveries
        .list(Caller.of(ctx).tenant(), cursor, limit)
        .compose(
            page ->
                TaggedAnswer.ofJson(new PageView(views(page.deliveries()), page.cursor()))
                    .send(ctx.request()));
  }

  /** {@code GET /v1/jobs/:id/deliveries}. */
  public Future<Void> ofJob(RoutingContext ctx) {
    JobId job = OwnJobs.id(ctx);
    Tenant tenant = Caller.of(ctx).tenant();
    return deliveries
        .listOfJob(job)
        .map(all -> all.stream().filter(each -> each.tenant().equals(tenant)).toList())
        .compose(
            own ->
                // Those of a job that is gone are told as long as they are kept.
                own.isEmpty()
                    ? jobs.find(Caller.of(ctx), job).map(own)
                    : Future.succeededFuture(own))
        .compose(own -> TaggedAnswer.ofJson(new PageView(views(own), null)).send(ctx.request()));
  }

  /** {@code GET /v1/webhooks/deliveries/:id}. */
  public Future<Void> get(RoutingContext ctx) {
    DeliveryId id = id(ctx);
    return deliveries
        .find(Caller.of(ctx).tenant(), id)
        .compose(
            found ->
                TaggedAnswer.ofJson(DeliveryView.of(found.orElseThrow(() -> unknown(id.value()))))
                    .send(ctx.request()));
  }

  /** {@code POST /v1/webhooks/deliveries/:id/redeliver}. */
  public Future<Void> redeliver(RoutingContext ctx) {
    DeliveryId id = id(ctx);
    return deliveries
        .redeliver(Caller.of(ctx).tenant(), id)
        .compose(
            known -> {
              if (!known) {
                throw unknown(id.value());
              }
              log.info("event=redelivered delivery={}", id);
              return accepted(ctx, id);
            });
  }

  /** {@code POST /v1/webhooks/deliveries/redeliver}: all that were given up since a moment. */
  public Future<Void> redeliverSince(RoutingContext ctx) {
    Tenant tenant = Caller.of(ctx).tenant();
    return RequestBody.of(ctx)
        .compose(
            body -> {
              Instant since = since(JsonBody.texts(body, List.of("since")).get("since"));
              return deliveries
                  .redeliverSince(tenant, since)
                  .compose(
                      count -> {
                        log.info(
                            "event=redelivered_all tenant={} since={} count={}",
                            tenant,
                            since,
                            count);
                        ctx.response().setStatusCode(202);
                        return JsonAnswer.send(
                            ctx.request(), "application/json", Map.of("redelivered", count));
                      });
            });
  }

  static Future<Void> accepted(RoutingContext ctx, DeliveryId id) {
    ctx.response().setStatusCode(202).putHeader(HttpHeaders.LOCATION, PATH + id);
    return JsonAnswer.send(
        ctx.request(),
        "application/json",
        Map.of("id", id.value(), "links", Map.of("self", PATH + id)));
  }

  private static String cursor(String text) {
    if (!text.matches("\\d{1,15}:msg_[a-z0-9_]{1,100}")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static Instant since(@Nullable String text) {
    try {
      if (text != null) {
        return Parameters.moment(text);
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      log.debug("event=not_a_moment", e);
    }
    throw JsonBody.invalid("since", "is missing or wrong; allowed is " + Parameters.MOMENT);
  }

  private static DeliveryId id(RoutingContext ctx) {
    String id = ctx.pathParam("id");
    if (!DeliveryId.isValid(id)) {
      throw unknown(id);
    }
    return new DeliveryId(id);
  }

  private static RequestProblem unknown(String id) {
    return new RequestProblem(
        ProblemCode.DELIVERY_NOT_FOUND,
        "you have no delivery \"" + id + "\", or it is no longer kept");
  }

  private static List<DeliveryView> views(List<LoggedDelivery> deliveries) {
    return deliveries.stream().map(DeliveryView::of).toList();
  }

  record PageView(List<DeliveryView> deliveries, @Nullable String cursor) {}

  /**
   * A delivery as it stands on the wire.
   *
   * @param id also the {@code webhook-id}
   */
  record DeliveryView(
      String id,
      String type,
      String url,
      @Nullable String endpoint,
      @Nullable String job,
      @Nullable String batch,
      State state,
      Instant createdAt,
      @Nullable Instant dueAt,
      @Nullable Instant settledAt,
      @Nullable JsonNode body,
      List<AttemptView> attempts,
      Links links) {
    static DeliveryView of(LoggedDelivery delivery) {
      String body = delivery.body();
      return new DeliveryView(
          delivery.id().value(),
          delivery.type(),
          delivery.url(),
          delivery.endpoint(),
          delivery.job(),
          delivery.batch(),
          delivery.state(),
          delivery.createdAt(),
          delivery.dueAt(),
          delivery.settledAt(),
          body == null ? null : Json.read(body, JsonNode.class),
          delivery.attempts().stream().map(AttemptView::of).toList(),
          new Links(PATH + delivery.id()));
    }
  }

  record AttemptView(
      int attempt,
      Instant at,
      String outcome,
      String message,
      @Nullable Integer status,
      @Nullable Duration took,
      @Nullable String answer) {
    static AttemptView of(LoggedDelivery.LoggedAttempt attempt) {
      var how = attempt.result();
      return new AttemptView(
          attempt.number(),
          attempt.endedAt(),
          how.outcome(),
          how.message(),
          how.status(),
          how.took(),
          how.answer());
    }
  }

  record Links(String self) {}
}
