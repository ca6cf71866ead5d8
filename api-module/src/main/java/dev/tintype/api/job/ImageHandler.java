package dev.tintype.api.job;

import dev.tintype.api.access.Caller;
import dev.tintype.api.access.OwnJobs;
import dev.tintype.api.http.ByteRange;
import dev.tintype.api.http.EntityTag;
import dev.tintype.api.http.WaitHop;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.api.problem.RequestProblem.Problem;
import dev.tintype.api.view.JobView;
import dev.tintype.image.ImageStore;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * The image of a job: the bytes, or why they are not there, or, for a client that waits, where to
 * wait on.
 */
public final class ImageHandler {
  private static final String NAME = "name";

  private final OwnJobs jobs;
  private final ImageStore images;
  private final Duration maxWait;
  private final InstantSource clock;

  public ImageHandler(OwnJobs jobs, ImageStore images, Duration maxWait, InstantSource clock) {
    this.jobs = jobs;
    this.clock = clock;
    this.images = images;
    this.maxWait = maxWait;
  }

  /** {@code GET /v1/jobs/:id/image}, the first, and {@code /v1/jobs/:id/images/:name}. */
  public Future<Void> get(RoutingContext ctx) {
    var id = OwnJobs.id(ctx);
    WaitHop hop = WaitHop.of(ctx, maxWait);
    return jobs.await(Caller.of(ctx), id, hop.duration())
        .compose(
            job ->
                switch (job.state()) {
                  case SUCCEEDED -> send(ctx, job);
                  case FAILED, CANCELLED, EXPIRED -> Future.failedFuture(noImage(job));
                  case SCHEDULED, QUEUED, RUNNING -> waitOn(ctx, job, hop);
                });
  }

  private Future<Void> waitOn(RoutingContext ctx, Job job, WaitHop hop) {
    if (!hop.waits()) {
      return Future.failedFuture(notReady(job, clock.instant()));
    }
    String path = address(ctx, job.id());
    return hop.isLast()
        ? Future.failedFuture(redirectsUsed(job, hop.explanation(path), clock.instant()))
        : hop.redirect(ctx.response(), path);
  }

  /** Where the image is that was asked for. */
  private static String address(RoutingContext ctx, JobId id) {
    String name = ctx.pathParam(NAME);
    return name == null ? JobView.image(id) : JobView.image(id, name);
  }

  private static Image image(RoutingContext ctx, Job job) {
    CaptureResult result =
        Objects.requireNonNull(job.result(), () -> "job " + job.id() + " succeeded without result");
    String name = ctx.pathParam(NAME);
    return name == null ? result.image() : result.image(name).orElseThrow(() -> unknown(job, name));
  }

  private Future<Void> send(RoutingContext ctx, Job job) {
    Image image = image(ctx, job);
    var tag = EntityTag.ofHex(image.sha256());
    HttpServerResponse response =
        ctx.response()
            .putHeader(HttpHeaders.ETAG, tag.value())
            // The image of a job never changes; whoever may see it may keep it.
            .putHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=86400, immutable");
    if (tag.isKnownTo(ctx.request())) {
      return response.setStatusCode(304).end();
    }
    var range = ByteRange.of(ctx.request(), tag.value(), image.bytes());
    if (ctx.request().method().equals(HttpMethod.HEAD)) {
      return images
          .size(image.key())
          .map(size -> size.orElseThrow(() -> gone(job)))
          .compose(size -> describe(response, job, image, range).end());
    }
    return images
        .open(image.key(), range.from(), range.to())
        .map(found -> found.orElseThrow(() -> gone(job)))
        .compose(
            stored ->
                stored
                    .content()
                    .pipe()
                    // What is cut short must not look like a whole answer.
                    .endOnFailure(false)
                    .to(describe(response, job, image, range)));
  }

  private static HttpServerResponse describe(
      HttpServerResponse response, Job job, Image image, ByteRange range) {
    response
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
        .putHeader(HttpHeaders.CONTENT_TYPE, image.type().mediaType())
        .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length()))
        .putHeader(
            HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + fileName(job, image) + "\"");
    return range.isPartial()
        ? response.setStatusCode(206).putHeader(HttpHeaders.CONTENT_RANGE, range.contentRange())
        : response;
  }

  private static String fileName(Job job, Image image) {
    boolean isFirst = job.result() == null || image.equals(job.result().image());
    return job.id() + (isFirst ? "" : "-" + image.name()) + "." + image.type();
  }

  private static RequestProblem unknown(Job job, String name) {
    return new RequestProblem(
        ProblemCode.IMAGE_NOT_FOUND, "job " + job.id() + " has no image \"" + name + "\"");
  }

  private static RequestProblem notReady(Job job, Instant now) {
    return new RequestProblem(
        new Problem(
            ProblemCode.IMAGE_NOT_READY,
            "job "
                + job.id()
                + " is "
                + job.state()
                + "; ask again, or add ?wait=10 to be kept until it is ready",
            List.of(),
            null,
            JobsHandler.retryAfter(job, now)));
  }

  private static RequestProblem redirectsUsed(Job job, String explanation, Instant now) {
    return new RequestProblem(
        new Problem(
            ProblemCode.REDIRECTS_USED,
            "job " + job.id() + " is still " + job.state() + "; " + explanation,
            List.of(),
            null,
            JobsHandler.retryAfter(job, now)));
  }

  private static RequestProblem noImage(Job job) {
    String why = job.failure() == null ? "" : ": " + job.failure().message();
    return new RequestProblem(
        new Problem(
            ProblemCode.CAPTURE_FAILED,
            "job " + job.id() + " is " + job.state() + why,
            List.of(),
            job.failure(),
            null));
  }

  private static RequestProblem gone(Job job) {
    return new RequestProblem(
        ProblemCode.IMAGE_GONE,
        "the image of job " + job.id() + " is no longer kept; submit the capture again");
  }
}
