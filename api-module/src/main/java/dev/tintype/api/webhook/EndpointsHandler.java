package dev.tintype.api.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.access.Caller;
import dev.tintype.api.http.JsonAnswer;
import dev.tintype.api.http.JsonBody;
import dev.tintype.api.http.RequestBody;
import dev.tintype.api.http.TaggedAnswer;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.api.submission.WebhookCheck;
import dev.tintype.capture.InvalidCaptureException;
import dev.tintype.capture.WebhookReader;
import dev.tintype.capture.field.FieldError;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.outbox.DeliveryId;
import dev.tintype.outbox.DeliveryLog;
import dev.tintype.outbox.WebhookEndpoint;
import dev.tintype.outbox.WebhookEndpoints;
import dev.tintype.outbox.WebhookEndpoints.SaveReply;
import dev.tintype.outbox.WebhookSecret;
import dev.tintype.outbox.WebhookSecrets;
import dev.tintype.webhook.SigningKey;
import dev.tintype.webhook.Webhook;
import dev.tintype.webhook.WebhookEvent;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom a tenant wants called at the end of every job. */
public final class EndpointsHandler {
  private static final Logger log = LoggerFactory.getLogger(EndpointsHandler.class);
  private static final String PATH = "/v1/webhooks/endpoints/";

  private final WebhookEndpoints endpoints;
  private final WebhookSecrets secrets;
  private final DeliveryLog deliveries;
  private final WebhookCheck check;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  public EndpointsHandler(
      WebhookEndpoints endpoints,
      WebhookSecrets secrets,
      DeliveryLog deliveries,
      WebhookCheck check,
      InstantSource clock) {
    this.endpoints = endpoints;
    this.secrets = secrets;
    this.deliveries = deliveries;
    this.check = check;
    this.clock = clock;
  }

  /** {@code GET /v1/webhooks/endpoints}. */
  public Future<Void> list(RoutingContext ctx) {
    return endpoints
        .list(Caller.of(ctx).tenant())
        .compose(
            all ->
                TaggedAnswer.ofJson(
                        Map.of(
                            "endpoints",
                            all.stream().map(each -> EndpointView.of(each, null)).toList()))
                    .send(ctx.request()));
  }

  /**
   * {@code POST /v1/webhooks/endpoints}. One that names no secret has one of its own, of its id's
   * name.
   */
  public Future<Void> create(RoutingContext ctx) {
    Tenant tenant = Caller.of(ctx).tenant();
    Instant now = clock.instant();
    String id = "ep_" + JobId.next(now, random);
    return RequestBody.of(ctx)
        .compose(
            body -> {
              var endpoint = new WebhookEndpoint(id, webhook(JsonBody.of(body), id), now, null);
              return check
                  .checkAddress(endpoint.webhook(), "")
                  .compose(allowed -> endpoints.create(tenant, endpoint, newKey(endpoint)))
                  .map(reply -> saved(reply, endpoint));
            })
        .compose(
            endpoint ->
                secrets
                    .find(tenant, endpoint.webhook().secret())
                    .compose(
                        secret -> {
                          log.info("event=endpoint_created endpoint={} tenant={}", id, tenant);
                          ctx.response()
                              .setStatusCode(201)
                              .putHeader(HttpHeaders.LOCATION, PATH + id);
                          return JsonAnswer.send(
                              ctx.request(),
                              "application/json",
                              EndpointView.of(
                                  endpoint, secret.map(WebhookSecret::key).orElse(null)));
                        }));
  }

  /** {@code GET /v1/webhooks/endpoints/:id}. */
  public Future<Void> get(RoutingContext ctx) {
    return found(ctx)
        .compose(
            endpoint -> TaggedAnswer.ofJson(EndpointView.of(endpoint, null)).send(ctx.request()));
  }

  /**
   * {@code PUT /v1/webhooks/endpoints/:id}. One that was disabled is called again. One that names
   * no secret keeps its own: its receiver knows no other.
   */
  public Future<Void> replace(RoutingContext ctx) {
    Tenant tenant = Caller.of(ctx).tenant();
    return RequestBody.of(ctx)
        .compose(body -> found(ctx).compose(known -> replace(tenant, known, JsonBody.of(body))))
        .compose(
            endpoint -> {
              log.info("event=endpoint_changed endpoint={} tenant={}", endpoint.id(), tenant);
              return JsonAnswer.send(
                  ctx.request(), "application/json", EndpointView.of(endpoint, null));
            });
  }

  /** {@code DELETE /v1/webhooks/endpoints/:id}. */
  public Future<Void> delete(RoutingContext ctx) {
    Tenant tenant = Caller.of(ctx).tenant();
    String id = ctx.pathParam("id");
    return endpoints
        .delete(tenant, id)
        .compose(
            known -> {
              if (!known) {
                throw unknown(id);
              }
              log.info("event=endpoint_deleted endpoint={} tenant={}", id, tenant);
              return ctx.response().setStatusCode(204).end();
            });
  }

  /** {@code POST /v1/webhooks/endpoints/:id/test}: sends it a test event. */
  public Future<Void> test(RoutingContext ctx) {
    String endpoint = ctx.pathParam("id");
    var id = new DeliveryId("msg_" + JobId.next(clock.instant(), random));
    return deliveries
        .test(Caller.of(ctx).tenant(), endpoint, id)
        .compose(
            known -> {
              if (!known) {
                throw unknown(endpoint);
              }
              return DeliveriesHandler.accepted(ctx, id);
            });
  }

  private Future<WebhookEndpoint> replace(Tenant tenant, WebhookEndpoint known, JsonNode body) {
    var endpoint =
        new WebhookEndpoint(
            known.id(), webhook(body, known.webhook().secret()), known.createdAt(), null);
    return check
        .check(tenant, endpoint.webhook(), "")
        .compose(callable -> endpoints.replace(tenant, endpoint))
        .map(reply -> saved(reply, endpoint));
  }

  private static Webhook webhook(JsonNode body, String usualSecret) {
    try {
      return WebhookReader.read(body, usualSecret);
    } catch (InvalidCaptureException e) {
      throw JsonBody.invalid(e.errors());
    }
  }

  /** Of a secret that is created unless it exists; any other secret must exist. */
  private @Nullable String newKey(WebhookEndpoint endpoint) {
    String secret = endpoint.webhook().secret();
    return secret.equals(endpoint.id()) || secret.equals(Webhook.DEFAULT_SECRET)
        ? SigningKey.random(random).text()
        : null;
  }

  private static WebhookEndpoint saved(SaveReply reply, WebhookEndpoint endpoint) {
    return switch (reply) {
      case OK -> endpoint;
      case UNKNOWN -> throw unknown(endpoint.id());
      case NO_SECRET -> throw WebhookCheck.noSecret(endpoint.webhook().secret(), "");
      case TOO_MANY -> throw tooMany(WebhookEndpoints.MOST_ENDPOINTS, "endpoints");
      case TOO_MANY_SECRETS -> throw tooMany(WebhookSecrets.MOST_SECRETS, "secrets");
    };
  }

  static RequestProblem tooMany(int most, String what) {
    return JsonBody.invalid(
        List.of(
            new FieldError(
                "", "there are " + most + " " + what + " already, as many as may; delete one")));
  }

  private Future<WebhookEndpoint> found(RoutingContext ctx) {
    String id = ctx.pathParam("id");
    return endpoints
        .list(Caller.of(ctx).tenant())
        .map(
            all ->
                all.stream()
                    .filter(endpoint -> endpoint.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> unknown(id)));
  }

  private static RequestProblem unknown(String id) {
    return new RequestProblem(
        ProblemCode.ENDPOINT_NOT_FOUND,
        "you have no endpoint \""
            + id
            + "\"; GET /v1/webhooks/endpoints lists those that you have");
  }

  /**
   * An endpoint as it stands on the wire.
   *
   * @param key of its secret, told when it is made
   */
  record EndpointView(
      String id,
      String url,
      List<WebhookEvent> events,
      String secret,
      @Nullable String key,
      Instant createdAt,
      @Nullable Instant disabledAt,
      Links links) {
    static EndpointView of(WebhookEndpoint endpoint, @Nullable String key) {
      Webhook webhook = endpoint.webhook();
      return new EndpointView(
          endpoint.id(),
          webhook.url(),
          List.copyOf(webhook.events()),
          webhook.secret(),
          key,
          endpoint.createdAt(),
          endpoint.disabledAt(),
          new Links(PATH + endpoint.id(), "/v1/webhooks/secrets/" + webhook.secret()));
    }
  }

  record Links(String self, String secret) {}
}
