package dev.tintype.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.job.Webhook;
import dev.tintype.job.WebhookEvent;
import dev.tintype.queue.DeliveryId;
import dev.tintype.queue.DeliveryLog;
import dev.tintype.queue.WebhookEndpoint;
import dev.tintype.queue.WebhookSecret;
import dev.tintype.queue.WebhookSettings;
import dev.tintype.request.FieldError;
import dev.tintype.request.InvalidCaptureException;
import dev.tintype.request.WebhookReader;
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
final class EndpointsHandler {
  private static final Logger log = LoggerFactory.getLogger(EndpointsHandler.class);
  private static final String PATH = "/v1/webhooks/endpoints/";

  // Each costs every job of the tenant a delivery.
  private static final int MOST_OF_A_TENANT = 20;

  private final WebhookSettings settings;
  private final DeliveryLog deliveries;
  private final WebhookCheck check;
  private final Tenants tenants;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();

  EndpointsHandler(
      WebhookSettings settings,
      DeliveryLog deliveries,
      WebhookCheck check,
      Tenants tenants,
      InstantSource clock) {
    this.settings = settings;
    this.deliveries = deliveries;
    this.check = check;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** {@code GET /v1/webhooks/endpoints}. */
  Future<Void> list(RoutingContext ctx) {
    return settings
        .endpoints(tenants.of(ctx.request()))
        .compose(
            endpoints ->
                JsonAnswer.send(
                    ctx.request(),
                    "application/json",
                    Map.of(
                        "endpoints",
                        endpoints.stream().map(each -> EndpointView.of(each, null)).toList())));
  }

  /**
   * {@code POST /v1/webhooks/endpoints}. One that names no secret has one of its own, of its id's
   * name.
   */
  Future<Void> create(RoutingContext ctx) {
    Tenant tenant = tenants.of(ctx.request());
    Instant now = clock.instant();
    String id = "ep_" + JobId.next(now, random);
    return RequestBody.of(ctx)
        .compose(
            body ->
                settings
                    .endpoints(tenant)
                    .compose(
                        endpoints -> {
                          if (endpoints.size() >= MOST_OF_A_TENANT) {
                            throw JsonBody.invalid(
                                List.of(
                                    new FieldError(
                                        "",
                                        "there are "
                                            + MOST_OF_A_TENANT
                                            + " endpoints already, as many as may; delete one")));
                          }
                          return save(tenant, new Unsaved(id, now, id, id), JsonBody.of(body));
                        }))
        .compose(
            endpoint ->
                settings
                    .secret(tenant, endpoint.webhook().secret())
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
  Future<Void> get(RoutingContext ctx) {
    return found(ctx)
        .compose(
            endpoint ->
                JsonAnswer.send(
                    ctx.request(), "application/json", EndpointView.of(endpoint, null)));
  }

  /**
   * {@code PUT /v1/webhooks/endpoints/:id}. One that was disabled is called again. One that names
   * no secret keeps its own: its receiver knows no other.
   */
  Future<Void> replace(RoutingContext ctx) {
    Tenant tenant = tenants.of(ctx.request());
    return RequestBody.of(ctx)
        .compose(
            body -> found(ctx).compose(known -> save(tenant, Unsaved.of(known), JsonBody.of(body))))
        .compose(
            endpoint -> {
              log.info("event=endpoint_changed endpoint={} tenant={}", endpoint.id(), tenant);
              return JsonAnswer.send(
                  ctx.request(), "application/json", EndpointView.of(endpoint, null));
            });
  }

  /** {@code DELETE /v1/webhooks/endpoints/:id}. */
  Future<Void> delete(RoutingContext ctx) {
    Tenant tenant = tenants.of(ctx.request());
    String id = ctx.pathParam("id");
    // Looked for first, because with an endpoint goes the secret of its name.
    return found(ctx)
        .compose(known -> settings.delete(tenant, id))
        .compose(
            deleted -> {
              log.info("event=endpoint_deleted endpoint={} tenant={}", id, tenant);
              return ctx.response().setStatusCode(204).end();
            });
  }

  /** {@code POST /v1/webhooks/endpoints/:id/test}: sends it an event that tells of nothing. */
  Future<Void> test(RoutingContext ctx) {
    String endpoint = ctx.pathParam("id");
    var id = new DeliveryId("msg_" + JobId.next(clock.instant(), random));
    return deliveries
        .test(tenants.of(ctx.request()), endpoint, id)
        .compose(
            known -> {
              if (!known) {
                throw unknown(endpoint);
              }
              return DeliveriesHandler.accepted(ctx, id);
            });
  }

  /**
   * What an endpoint is beside its body.
   *
   * @param secret name of the secret if the body names none
   * @param made name of the secret that is made if there is none
   */
  private record Unsaved(String id, Instant createdAt, String secret, String made) {
    static Unsaved of(WebhookEndpoint known) {
      return new Unsaved(
          known.id(), known.createdAt(), known.webhook().secret(), Webhook.DEFAULT_SECRET);
    }
  }

  private Future<WebhookEndpoint> save(Tenant tenant, Unsaved unsaved, JsonNode body) {
    Webhook webhook;
    try {
      webhook = WebhookReader.read(body, unsaved.secret);
    } catch (InvalidCaptureException e) {
      throw JsonBody.invalid(e.errors());
    }
    var endpoint = new WebhookEndpoint(unsaved.id, webhook, unsaved.createdAt, null);
    return check
        .check(tenant, webhook, "", unsaved.made)
        .compose(callable -> settings.save(tenant, endpoint))
        .map(endpoint);
  }

  private Future<WebhookEndpoint> found(RoutingContext ctx) {
    String id = ctx.pathParam("id");
    return settings
        .endpoints(tenants.of(ctx.request()))
        .map(
            endpoints ->
                endpoints.stream()
                    .filter(endpoint -> endpoint.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> unknown(id)));
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(
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
