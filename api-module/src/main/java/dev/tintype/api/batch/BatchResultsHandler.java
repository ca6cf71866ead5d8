package dev.tintype.api.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.access.Caller;
import dev.tintype.api.access.OwnBatches;
import dev.tintype.api.http.RetryAfter;
import dev.tintype.api.http.WaitHop;
import dev.tintype.api.http.WaitParameter;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.api.view.JobView;
import dev.tintype.image.ImageStore;
import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.Failure;
import dev.tintype.job.Job;
import dev.tintype.job.JobState;
import dev.tintype.json.Json;
import dev.tintype.queue.BatchStore;
import dev.tintype.queue.BatchStore.Member;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What became of the captures of a batch: a line of JSON for each, and all images as one file. Both
 * are read and sent a little at a time, so that a batch takes no more memory than a job.
 */
public final class BatchResultsHandler {
  private static final int AT_A_TIME = 50;

  private final BatchStore batches;
  private final OwnBatches own;
  private final ImageStore images;
  private final Duration maxWait;
  private final InstantSource clock;

  public BatchResultsHandler(
      BatchStore batches,
      OwnBatches own,
      ImageStore images,
      Duration maxWait,
      InstantSource clock) {
    this.batches = batches;
    this.own = own;
    this.images = images;
    this.maxWait = maxWait;
    this.clock = clock;
  }

  /** {@code GET /v1/batches/:id/results}: the captures as they are, in their order, as NDJSON. */
  public Future<Void> lines(RoutingContext ctx) {
    BatchId id = OwnBatches.id(ctx);
    Duration wait = WaitParameter.ofQuery(ctx, maxWait);
    return own.await(Caller.of(ctx), id, wait)
        .compose(
            batch -> {
              HttpServerResponse response =
                  ctx.response()
                      .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")
                      .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
              if (isHead(ctx)) {
                return response.end();
              }
              response.setChunked(true);
              return eachPage(batch, 0, (from, page) -> response.write(lines(from, page)))
                  .compose(sent -> response.end());
            });
  }

  /** {@code GET /v1/batches/:id/images.zip}. */
  public Future<Void> images(RoutingContext ctx) {
    BatchId id = OwnBatches.id(ctx);
    WaitHop hop = WaitHop.of(ctx, maxWait);
    return own.await(Caller.of(ctx), id, hop.duration())
        .compose(
            batch -> {
              if (batch.open() == 0) {
                return send(ctx, batch);
              }
              if (!hop.waits()) {
                return Future.failedFuture(notFinished(batch));
              }
              String path = BatchView.Links.of(id).images();
              return hop.isLast()
                  ? Future.failedFuture(redirectsUsed(batch, hop.explanation(path)))
                  : hop.redirect(ctx.response(), path);
            });
  }

  private Future<Void> send(RoutingContext ctx, Batch batch) {
    HttpServerResponse response =
        ctx.response()
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/zip")
            .putHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"batch-" + batch.id() + ".zip\"")
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (isHead(ctx)) {
      return response.end();
    }
    var archive = new BatchArchive(response.setChunked(true), images);
    var listed = new AtomicLong();
    return archive
        .begin("results.ndjson", batch.createdAt())
        .compose(
            begun ->
                eachPage(
                    batch,
                    0,
                    (from, page) -> {
                      listed.addAndGet(imagesOf(page));
                      return archive.write(lines(from, page));
                    }))
        .compose(all -> eachPage(batch, 0, archive::addImages))
        .compose(added -> checkWhole(batch, listed.get(), archive.images()))
        .compose(whole -> archive.end());
  }

  /**
   * The list was made first, and sending takes as long as the client does: what was forgotten since
   * must not be missing without a word.
   */
  private Future<Void> checkWhole(Batch batch, long listed, long sent) {
    if (sent == listed) {
      return Future.succeededFuture();
    }
    var kept = new AtomicLong();
    return eachPage(
            batch,
            0,
            (from, page) -> {
              kept.addAndGet(imagesOf(page));
              return Future.succeededFuture();
            })
        .compose(
            counted ->
                kept.get() < listed
                    ? Future.failedFuture(BatchArchive.gone())
                    : Future.succeededFuture());
  }

  private static long imagesOf(List<Member> page) {
    return page.stream()
        .flatMap(member -> member.job().stream())
        .mapToLong(job -> job.result() == null ? 0 : job.result().images().size())
        .sum();
  }

  /**
   * Reads the members page by page; the next when what was made of the last has been sent. Fails if
   * the batch is forgotten meanwhile.
   */
  private Future<Void> eachPage(
      Batch batch, int from, BiFunction<Integer, List<Member>, Future<Void>> use) {
    return batches
        .listMembers(batch.id(), from, AT_A_TIME)
        .compose(
            page -> {
              int next = from + page.size();
              if (page.size() < AT_A_TIME && next < batch.total()) {
                return Future.failedFuture(OwnBatches.missing(batch.id()));
              }
              return use.apply(from, page)
                  .compose(
                      used ->
                          next == batch.total()
                              ? Future.succeededFuture()
                              : eachPage(batch, next, use));
            });
  }

  private static Buffer lines(int from, List<Member> page) {
    Buffer lines = Buffer.buffer();
    for (int i = 0; i < page.size(); i++) {
      lines.appendString(Json.writeWire(LineView.of(from + i, page.get(i)))).appendString("\n");
    }
    return lines;
  }

  private RequestProblem notFinished(Batch batch) {
    return new RequestProblem(
        new RequestProblem.Problem(
            ProblemCode.BATCH_OPEN,
            "%d of the %d captures of batch %s have not ended; ask again, or add ?wait=10 to be kept"
                    .formatted(batch.open(), batch.total(), batch.id())
                + " until they have",
            List.of(),
            null,
            RetryAfter.whileOpen(batch.createdAt(), clock.instant())));
  }

  private RequestProblem redirectsUsed(Batch batch, String explanation) {
    return new RequestProblem(
        new RequestProblem.Problem(
            ProblemCode.REDIRECTS_USED,
            "batch %s is still open; %s".formatted(batch.id(), explanation),
            List.of(),
            null,
            RetryAfter.whileOpen(batch.createdAt(), clock.instant())));
  }

  private static boolean isHead(RoutingContext ctx) {
    return ctx.request().method().equals(HttpMethod.HEAD);
  }

  /**
   * A capture of a batch: its job without its story.
   *
   * @param index place in the batch, from 0
   * @param state null if the job is no longer kept
   */
  record LineView(
      int index,
      String id,
      @Nullable JobState state,
      @Nullable String url,
      @Nullable Integer attempt,
      @Nullable Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      JobView.@Nullable ResultView result,
      @Nullable Failure failure,
      @Nullable JsonNode metadata,
      JobView.Links links) {
    static LineView of(int index, Member member) {
      Job job = member.job().orElse(null);
      var links = JobView.Links.of(member.id());
      if (job == null) {
        return new LineView(
            index,
            member.id().value(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            links);
      }
      return new LineView(
          index,
          job.id().value(),
          job.state(),
          job.url(),
          job.attempt(),
          job.createdAt(),
          job.startedAt(),
          job.finishedAt(),
          job.result() == null ? null : JobView.ResultView.of(job.id(), job.result()),
          job.failure(),
          job.metadata() == null ? null : Json.read(job.metadata(), JsonNode.class),
          links);
    }
  }
}
