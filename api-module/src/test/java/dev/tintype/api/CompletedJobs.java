package dev.tintype.api;

import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.queue.Assignment;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

/** Plays the worker that completes the next job with an image. */
final class CompletedJobs {
  static final String KEY = "the-image";

  private CompletedJobs() {}

  static Assignment complete(ApiUnderTest api, byte[] bytes) {
    Assignment assignment = api.claim();
    api.images().put(KEY, Buffer.buffer(bytes), Duration.ofMinutes(1)).await();
    var image =
        new Image(Image.DEFAULT_NAME, KEY, ImageType.WEBP, bytes.length, "a".repeat(64), 1280, 800);
    var result = new CaptureResult(List.of(image), "about:blank", null, "", List.of(), List.of());
    api.worker().complete(assignment.lease(), result).await();
    return assignment;
  }
}
