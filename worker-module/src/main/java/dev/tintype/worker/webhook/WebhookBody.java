package dev.tintype.worker.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.Batch;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.job.Failure;
import dev.tintype.job.Job;
import dev.tintype.job.JobState;
import dev.tintype.json.Json;
import dev.tintype.outbox.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a webhook: what happened, with links to more. Never contains the image; a receiver
 * that wants it fetches it.
 *
 * @param type of the event
 * @param timestamp when it happened, not when it is sent
 */
record WebhookBody(String type, Instant timestamp, Object data) {
  static String of(Delivery delivery, @Nullable String publicUrl) {
    String root = Objects.requireNonNullElse(publicUrl, "");
    Job job = delivery.job();
    Batch batch = delivery.batch();
    Instant finishedAt = null;
    Object data = Map.of("message", "This endpoint works; it tells of no job.");
    if (job != null) {
      finishedAt = job.finishedAt();
      data = JobData.of(job, root);
    } else if (batch != null) {
      finishedAt = batch.finishedAt();
      data = BatchData.of(batch, root);
    }
    Instant timestamp = Objects.requireNonNullElse(finishedAt, delivery.createdAt());
    return Json.writeWire(new WebhookBody(delivery.type(), timestamp, data));
  }

  /** A job that has ended. */
  record JobData(
      String job,
      JobState state,
      @Nullable String url,
      int attempts,
      Timings timings,
      @Nullable PageData page,
      @Nullable ImageData image,
      @Nullable List<NamedImageData> images,
      @Nullable List<Warning> warnings,
      @Nullable Failure error,
      @Nullable JsonNode metadata,
      Links links) {
    static JobData of(Job job, String publicUrl) {
      String self = publicUrl + "/v1/jobs/" + job.id();
      CaptureResult result = job.result();
      return new JobData(
          job.id().value(),
          job.state(),
          job.url(),
          job.attempt(),
          new Timings(job.createdAt(), job.startedAt(), job.finishedAt()),
          result == null ? null : PageData.of(result),
          result == null ? null : ImageData.of(result.image()),
          result == null
              ? null
              : result.images().stream().map(image -> NamedImageData.of(image, self)).toList(),
          result == null ? null : result.warnings(),
          job.failure(),
          json(job.metadata()),
          new Links(self, result == null ? null : self + "/image"));
    }
  }

  /** A batch that has ended. */
  record BatchData(
      String batch,
      int total,
      int succeeded,
      int failed,
      int cancelled,
      int expired,
      Instant createdAt,
      @Nullable Instant finishedAt,
      @Nullable JsonNode metadata,
      BatchLinks links) {
    static BatchData of(Batch batch, String publicUrl) {
      String self = publicUrl + "/v1/batches/" + batch.id();
      return new BatchData(
          batch.id().value(),
          batch.total(),
          batch.succeeded(),
          batch.failed(),
          batch.cancelled(),
          batch.expired(),
          batch.createdAt(),
          batch.finishedAt(),
          json(batch.metadata()),
          new BatchLinks(self, self + "/results", self + "/images.zip"));
    }
  }

  private static @Nullable JsonNode json(@Nullable String metadata) {
    return metadata == null ? null : Json.read(metadata, JsonNode.class);
  }

  record Timings(Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt) {}

  /**
   * What the page answered. An error page is captured like any other: only this tells.
   *
   * @param status null for inline HTML
   */
  record PageData(@Nullable Integer status, String finalUrl, String title) {
    static PageData of(CaptureResult result) {
      return new PageData(result.status(), result.finalUrl(), result.title());
    }
  }

  /** The first image. */
  record ImageData(ImageType type, long bytes, String sha256, int width, int height) {
    static ImageData of(CaptureResult.Image image) {
      return new ImageData(
          image.type(), image.bytes(), image.sha256(), image.width(), image.height());
    }
  }

  /** One of all images. */
  record NamedImageData(
      String name,
      ImageType type,
      long bytes,
      String sha256,
      int width,
      int height,
      ImageLinks links) {
    static NamedImageData of(CaptureResult.Image image, String job) {
      return new NamedImageData(
          image.name(),
          image.type(),
          image.bytes(),
          image.sha256(),
          image.width(),
          image.height(),
          new ImageLinks(job + "/images/" + image.name()));
    }
  }

  record ImageLinks(String self) {}

  record Links(String self, @Nullable String image) {}

  record BatchLinks(String self, String results, String images) {}
}
