package dev.tintype.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole HTTP surface. */
final class Routes {
  private static final Logger log = LoggerFactory.getLogger(Routes.class);

  // A body of 8 MiB in this time is 2 Mbit/s; who is slower holds a connection and memory for
  // nothing.
  private static final long BODY_TIMEOUT_MILLIS = 30_000;

  private Routes() {}

  static Router router(
      Vertx vertx,
      JobsHandler jobs,
      ImageHandler image,
      ScreenshotHandler screenshot,
      HealthHandler health) {
    Router router = Router.router(vertx);
    router.route().handler(Routes::noticeLostConnection).failureHandler(Problems::answer);

    router.post("/v1/jobs").handler(Routes::limitTimeOfBody);
    answers(router.post("/v1/jobs").handler(body()), jobs::submit);
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

  private static BodyHandler body() {
    return BodyHandler.create(false).setBodyLimit(Intake.MAX_BODY_BYTES);
  }

  private static void limitTimeOfBody(RoutingContext ctx) {
    long timer =
        ctx.vertx()
            .setTimer(
                BODY_TIMEOUT_MILLIS,
                late -> {
                  if (!ctx.request().isEnded()) {
                    log.warn(
                        "event=body_too_slow path={} limit={}ms",
                        ctx.normalizedPath(),
                        BODY_TIMEOUT_MILLIS);
                    ctx.fail(
                        new ProblemException(
                            ProblemCode.BODY_TOO_SLOW,
                            "30 s were not enough for the body to arrive"));
                  }
                });
    ctx.addEndHandler(ended -> ctx.vertx().cancelTimer(timer));
    ctx.next();
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
