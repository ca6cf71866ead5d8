package dev.tintype.api.job;

import dev.tintype.api.access.Caller;
import dev.tintype.api.access.OwnJobs;
import dev.tintype.api.http.WaitHop;
import dev.tintype.api.view.JobView;
import dev.tintype.job.JobId;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * {@code GET /v1/screenshot?url=...}: replaces a synchronous endpoint. Submits a job and redirects
 * the client to the image, which redirects it to itself until the image is there. Clients that
 * follow redirects get the image, and no exchange lasts longer than one wait.
 */
public final class ScreenshotHandler {
  private final Intake intake;
  private final OwnJobs jobs;
  private final Duration maxWait;

  public ScreenshotHandler(Intake intake, OwnJobs jobs, Duration maxWait) {
    this.intake = intake;
    this.jobs = jobs;
    this.maxWait = maxWait;
  }

  public Future<Void> get(RoutingContext ctx) {
    return intake
        .submit(ctx, ctx.queryParams())
        .compose(
            receipt -> {
              receipt.describe(ctx.response());
              JobId id = receipt.job().id();
              WaitHop hop = WaitHop.first(ctx, maxWait);
              // A client that follows many redirects learns the job's address at once.
              return (hop.isScarce()
                      ? jobs.await(Caller.of(ctx), id, hop.duration())
                          .<Void>mapEmpty()
                          .otherwiseEmpty()
                      : done())
                  .compose(waited -> hop.redirect(ctx.response(), JobView.image(id)));
            });
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }
}
