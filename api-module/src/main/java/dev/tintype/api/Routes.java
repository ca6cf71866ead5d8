package dev.tintype.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole HTTP surface. */
final class Routes {
  private static final Logger log = LoggerFactory.getLogger(Routes.class);

  private Routes() {}

  static Router router(
      Vertx vertx,
      JobsHandler jobs,
      ImageHandler image,
      ScreenshotHandler screenshot,
      HealthHandler health) {
    Router router = Router.router(vertx);
    router.route().handler(Routes::noticeLostConnection).failureHandler(Problems::answer);

    answers(router.post("/v1/jobs"), jobs::submit);
    answers(router.get("/v1/jobs/:id"), jobs::get);
    answers(router.get("/v1/jobs/:id/image"), image::get);
    answers(router.head("/v1/jobs/:id/image"), image::get);
    answers(router.get("/v1/screenshot"), screenshot::get);
    answers(router.get("/health/live"), health::live);
    answers(router.get("/health/ready"), health::ready);

    for (int status : new int[] {404, 405}) {
      router.errorHandler(status, Problems::answer);
    }
    return router;
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
                ctx.normalizedPath(),
                (System.nanoTime() - begin) / 1_000_000,
                ended.cause().getMessage());
          }
        });
    ctx.next();
  }
}
