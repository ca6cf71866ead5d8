package dev.tintype.api;

import dev.tintype.api.access.Tenants;
import dev.tintype.api.batch.BatchResultsHandler;
import dev.tintype.api.batch.BatchesHandler;
import dev.tintype.api.event.EventsHandler;
import dev.tintype.api.health.HealthHandler;
import dev.tintype.api.job.ImageHandler;
import dev.tintype.api.job.JobListHandler;
import dev.tintype.api.job.JobsHandler;
import dev.tintype.api.job.ScreenshotHandler;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.api.reference.ReferenceHandler;
import dev.tintype.api.webhook.WebhookHandlers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole HTTP surface. */
final class Routes {
  private static final Logger log = LoggerFactory.getLogger(Routes.class);

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  private Routes() {}

  static Router router(
      Vertx vertx,
      Tenants tenants,
      JobsHandler jobs,
      JobListHandler list,
      ImageHandler image,
      EventsHandler events,
      BatchesHandler batches,
      BatchResultsHandler results,
      ScreenshotHandler screenshot,
      HealthHandler health,
      WebhookHandlers webhooks,
      ReferenceHandler reference) {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(Routes::refuseMalformedAddress)
        .handler(Routes::noticeLostConnection)
        .handler(ctx -> identifyCaller(tenants, ctx))
        .failureHandler(Problems::answer);

    answers(router.post("/v1/jobs"), jobs::submit);
    answers(read(router, "/v1/jobs"), list::get);
    answers(read(router, "/v1/jobs/:id"), jobs::get);
    answers(router.delete("/v1/jobs/:id"), jobs::delete);
    answers(router.post("/v1/jobs/:id/cancel"), jobs::cancel);
    answers(read(router, "/v1/jobs/:id/image"), image::get);
    answers(read(router, "/v1/jobs/:id/images/:name"), image::get);
    answers(read(router, "/v1/jobs/:id/events"), events::ofJob);
    answers(read(router, "/v1/events"), events::ofTenant);
    answers(read(router, "/v1/jobs/:id/deliveries"), webhooks.deliveries()::ofJob);
    answers(router.post("/v1/batches"), batches::submit);
    answers(read(router, "/v1/batches/:id"), batches::get);
    answers(router.post("/v1/batches/:id/cancel"), batches::cancel);
    answers(read(router, "/v1/batches/:id/results"), results::lines);
    answers(read(router, "/v1/batches/:id/images.zip"), results::images);
    answers(read(router, "/v1/screenshot"), screenshot::get);
    answers(router.post("/v1/webhooks/endpoints"), webhooks.endpoints()::create);
    answers(read(router, "/v1/webhooks/endpoints"), webhooks.endpoints()::list);
    answers(read(router, "/v1/webhooks/endpoints/:id"), webhooks.endpoints()::get);
    answers(router.put("/v1/webhooks/endpoints/:id"), webhooks.endpoints()::replace);
    answers(router.delete("/v1/webhooks/endpoints/:id"), webhooks.endpoints()::delete);
    answers(router.post("/v1/webhooks/endpoints/:id/test"), webhooks.endpoints()::test);
    answers(read(router, "/v1/webhooks/secrets/:name"), webhooks.secrets()::get);
    answers(router.put("/v1/webhooks/secrets/:name"), webhooks.secrets()::create);
    answers(router.delete("/v1/webhooks/secrets/:name"), webhooks.secrets()::delete);
    answers(router.post("/v1/webhooks/secrets/:name/rotate"), webhooks.secrets()::rotate);
    answers(read(router, "/v1/webhooks/deliveries"), webhooks.deliveries()::list);
    answers(
        router.post("/v1/webhooks/deliveries/redeliver"), webhooks.deliveries()::redeliverSince);
    answers(read(router, "/v1/webhooks/deliveries/:id"), webhooks.deliveries()::get);
    answers(router.post("/v1/webhooks/deliveries/:id/redeliver"), webhooks.deliveries()::redeliver);
    answers(read(router, "/health/live"), health::live);
    answers(read(router, "/health/ready"), health::ready);

    answers(read(router, "/"), reference::start);
    answers(read(router, "/openapi.yaml"), reference::document);
    answers(read(router, "/docs"), reference::page);
    answers(read(router, "/docs/:file"), reference::file);
    answers(read(router, "/problems/:code"), reference::problem);

    router.errorHandler(404, Problems::answer);
    router.errorHandler(
        405, ctx -> Problems.answer(ctx, Map.of("Allow", methodsAt(router, ctx.request().path()))));
    return router;
  }

  /** First of all, because Vert.x throws wherever such an address is decoded. */
  private static void refuseMalformedAddress(RoutingContext ctx) {
    if (BROKEN_ESCAPE.matcher(ctx.request().uri()).find()) {
      throw new RequestProblem(
          ProblemCode.INVALID_PARAMETER,
          "the address holds a % that is not followed by two hex digits; a % itself is %25");
    }
    ctx.next();
  }

  /** Once for each request, so that no handler has an opinion of its own about who asks. */
  private static void identifyCaller(Tenants tenants, RoutingContext ctx) {
    if (ctx.request().path().startsWith("/v1/")) {
      tenants.resolve(ctx.request()).attach(ctx);
    }
    ctx.next();
  }

  private static Route read(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  /** The methods of an address, for the answer to others (RFC 9110, section 15.5.6). */
  private static String methodsAt(Router router, String path) {
    return router.getRoutes().stream()
        .filter(route -> route.getPath() != null && path.matches(pattern(route.getPath())))
        .flatMap(route -> route.methods().stream())
        .map(HttpMethod::name)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String pattern(String path) {
    return path.replace(".", "\\.").replaceAll(":\\w+", "[^/]+") + "/?";
  }

  private static void answers(Route route, Function<RoutingContext, Future<Void>> handler) {
    route.handler(
        ctx -> {
          // A handler that throws before its first future is caught by the router itself.
          handler.apply(ctx).onFailure(ctx::fail);
        });
  }

  /**
   * A connection that is cut while its answer is due is the incident that this product was born
   * from; it is never silent.
   */
  private static void noticeLostConnection(RoutingContext ctx) {
    long begin = System.nanoTime();
    ctx.addEndHandler(
        ended -> {
          // It also hears of a connection that is closed long after its answers.
          if (ended.failed() && !ctx.response().ended()) {
            log.warn(
                "event=connection_lost method={} path={} after={}ms reason=\"{}\"",
                ctx.request().method(),
                ctx.request().path(),
                (System.nanoTime() - begin) / 1_000_000,
                ended.cause().getMessage());
          }
        });
    ctx.next();
  }
}
