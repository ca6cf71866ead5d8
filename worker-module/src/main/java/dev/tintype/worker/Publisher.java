package dev.tintype.worker;

import dev.tintype.image.ImageStore;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.LeaseReply;
import dev.tintype.worker.capture.CapturedImage;
import dev.tintype.worker.capture.CapturedPage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes a captured page the result of its job: stores every image, then completes the job with all
 * of them at once. Nobody sees an image before. Confined to the worker's event loop.
 */
final class Publisher {
  private final Vertx vertx;
  private final JobQueue queue;
  private final ImageStore images;
  private final Duration imageRetention;

  Publisher(Vertx vertx, JobQueue queue, ImageStore images, Duration imageRetention) {
    this.vertx = vertx;
    this.queue = queue;
    this.images = images;
    this.imageRetention = imageRetention;
  }

  /**
   * Stores and completes.
   *
   * @return {@link LeaseReply#OK}; with any other reply nothing was published, and no image is left
   *     behind
   */
  Future<LeaseReply> publish(Assignment assignment, CapturedPage page, RetriedSteps steps) {
    return reserve(assignment, page.images().size(), steps)
        .compose(
            reply ->
                reply == LeaseReply.OK
                    ? store(assignment, page.images(), steps)
                        .compose(stored -> complete(assignment, page, stored, steps))
                    : Future.succeededFuture(reply));
  }

  /** Announces several images. A single one needs no announcement, which spares a round trip. */
  private Future<LeaseReply> reserve(Assignment assignment, int count, RetriedSteps steps) {
    return count == 1
        ? Future.succeededFuture(LeaseReply.OK)
        : steps.run(() -> queue.reserveImages(assignment.lease(), count));
  }

  /** One after the other: they share the connection, and each is as large as a page. */
  private Future<List<Image>> store(
      Assignment assignment, List<CapturedImage> captured, RetriedSteps steps) {
    Future<List<Image>> stored = Future.succeededFuture(new ArrayList<>());
    for (int i = 0; i < captured.size(); i++) {
      CapturedImage image = captured.get(i);
      String key = assignment.imageKey(i);
      stored =
          stored.compose(
              before ->
                  store(key, image, steps)
                      .map(
                          next -> {
                            before.add(next);
                            return before;
                          }));
    }
    return stored;
  }

  private Future<Image> store(String key, CapturedImage image, RetriedSteps steps) {
    return sha256(image.bytes())
        .compose(
            sha256 ->
                steps
                    .run(() -> images.put(key, image.bytes(), imageRetention))
                    .map(
                        stored ->
                            new Image(
                                image.name(),
                                key,
                                image.type(),
                                image.bytes().length(),
                                sha256,
                                image.width(),
                                image.height())));
  }

  private Future<LeaseReply> complete(
      Assignment assignment, CapturedPage page, List<Image> stored, RetriedSteps steps) {
    var result =
        new CaptureResult(
            stored, page.finalUrl(), page.status(), page.title(), page.steps(), page.warnings());
    return steps
        .run(() -> queue.complete(assignment.lease(), result))
        .compose(
            reply ->
                reply == LeaseReply.OK
                    ? Future.succeededFuture(reply)
                    : images.delete(stored.stream().map(Image::key).toList()).map(reply));
  }

  /** Off the event loop: an image of 20 MB takes tens of milliseconds. */
  private Future<String> sha256(Buffer image) {
    return vertx.executeBlocking(
        () -> {
          try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(image.getBytes());
            return HexFormat.of().formatHex(digest);
          } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
          }
        },
        false);
  }
}
