package dev.tintype.worker.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureSpec.ImageType;
import dev.tintype.job.Failure;
import dev.tintype.job.Job;
import dev.tintype.job.JobState;
import dev.tintype.json.Json;
import dev.tintype.queue.Delivery;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is sent: that something happened, and where to ask for more. Never the image; a receiver
 * that wants it comes for it.
 *
 * @param type of the event
 * @param timestamp when it happened, not when it is sent
 */
record WebhookBody(String type, Instant timestamp, Object data) {
  static String of(Delivery delivery, @Nullable String publicUrl) {
    Job job = delivery.job();
    String given = delivery.data();
    Object data =
        job != null
            ? JobData.of(job, Objects.requireNonNullElse(publicUrl, ""))
            : given != null
                ? Json.read(given, JsonNode.class)
                : Map.of("message", "This endpoint works; it tells of no job.");
    Instant timestamp =
        job == null || job.finishedAt() == null ? delivery.createdAt() : job.finishedAt();
    return Json.write(new WebhookBody(delivery.type(), timestamp, data));
  }

  /** A job that has ended. */
  record JobData(
      String job,
      JobState state,
      @Nullable String url,
      int attempts,
      Timings timings,
      @Nullable ImageData image,
      @Nullable Failure error,
      @Nullable JsonNode metadata,
      Links links) {
    static JobData of(Job job, String publicUrl) {
      String self = publicUrl + "/v1/jobs/" + job.id();
      String metadata = job.metadata();
      CaptureResult result = job.result();
      return new JobData(
          job.id().value(),
          job.state(),
          job.url(),
          job.attempt(),
          new Timings(job.createdAt(), job.startedAt(), job.finishedAt()),
          result == null ? null : ImageData.of(result.image()),
          job.failure(),
          metadata == null ? null : Json.read(metadata, JsonNode.class),
          new Links(self, result == null ? null : self + "/image"));
    }
  }

  record Timings(Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt) {}

  record ImageData(ImageType type, long bytes, String sha256, int width, int height) {
    static ImageData of(CaptureResult.Image image) {
      return new ImageData(
          image.type(), image.bytes(), image.sha256(), image.width(), image.height());
    }
  }

  record Links(String self, @Nullable String image) {}
}
