package dev.tintype.api.job;

import dev.tintype.api.http.WaitRedirect;
import dev.tintype.api.view.JobView;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * {@code GET /v1/screenshot?url=...}: stands in for a synchronous endpoint. It makes a job and
 * sends the client to wait at the image, which sends it on to itself until it is there. Every
 * client that follows redirects gets its picture, and no single exchange lasts longer than one
 * wait.
 */
public final class ScreenshotHandler {
  private final Intake intake;
  private final Duration maxWait;

  public ScreenshotHandler(Intake intake, Duration maxWait) {
    this.intake = intake;
    this.maxWait = maxWait;
  }

  public Future<Void> get(RoutingContext ctx) {
    return intake
        .submit(ctx.request(), ctx.queryParams())
        .compose(
            receipt -> {
              receipt.describe(ctx.response());
              return WaitRedirect.send(ctx.response(), JobView.image(receipt.job().id()), maxWait);
            });
  }
}
