package dev.tintype.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.capture.Priority;
import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.json.Json;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.DeliveryId;
import dev.tintype.outbox.DeliveryLease;
import dev.tintype.testing.WebhookBodies;
import dev.tintype.webhook.WebhookEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each body is the one that the OpenAPI document shows; the API's tests see to its side. */
class WebhookBodyTest {
  private static final String EXAMPLE = "https://example.com/";
  private static final String PUBLIC_URL = "https://shots.example";
  private static final Instant CREATED = Instant.parse("2030-01-31T18:00:00.125Z");

  @Test
  void successDescribesAndLinksItsImage() {
    var image =
        new CaptureResult.Image(
            CaptureResult.Image.DEFAULT_NAME,
            "a name of the house",
            ImageType.PNG,
            48_213,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            1280,
            800);
    var result =
        new CaptureResult(List.of(image), EXAMPLE, 200, "Example Domain", List.of(), List.of());

    assertIsAsDocumented(
        WebhookEvent.SUCCEEDED,
        job(
            JobState.SUCCEEDED,
            EXAMPLE,
            2,
            Instant.parse("2030-01-31T18:00:17.004Z"),
            Instant.parse("2030-01-31T18:00:18.310Z"),
            result,
            null,
            "{\"order\":7}"));
  }

  @Test
  void failureHasItsReason() {
    assertIsAsDocumented(
        WebhookEvent.FAILED,
        job(
            JobState.FAILED,
            "https://nowhere.example/",
            1,
            Instant.parse("2030-01-31T18:00:00.310Z"),
            Instant.parse("2030-01-31T18:00:00.480Z"),
            null,
            new Failure(FailureCode.HOST_NOT_FOUND, "nowhere.example does not resolve"),
            null));
  }

  @Test
  void jobThatNeverStartedHasNoStartTime() {
    assertIsAsDocumented(
        WebhookEvent.CANCELLED,
        job(
            JobState.CANCELLED,
            EXAMPLE,
            0,
            null,
            Instant.parse("2030-01-31T18:00:03.002Z"),
            null,
            null,
            null));
    assertIsAsDocumented(
        WebhookEvent.EXPIRED,
        job(
            JobState.EXPIRED,
            EXAMPLE,
            0,
            null,
            Instant.parse("2030-01-31T18:10:00.125Z"),
            null,
            new Failure(
                FailureCode.QUEUE_TIMEOUT,
                "no browser was free within the queue timeout; it was not rendered"),
            null));
  }

  @Test
  void finishedBatchCountsOutcomes() {
    assertIsAsDocumented(
        WebhookEvent.BATCH,
        null,
        new Batch(
            new BatchId("01kazwm3fq7x1c9s5t2hb8n6yd"),
            DeliveryRig.TENANT,
            2,
            1,
            1,
            0,
            0,
            CREATED,
            Instant.parse("2030-01-31T18:00:18.310Z"),
            "{\"order\":7}"));
  }

  @Test
  void testEventHasNoJob() {
    assertIsAsDocumented(WebhookEvent.TEST, null);
  }

  private static void assertIsAsDocumented(WebhookEvent event, @Nullable Job job) {
    assertIsAsDocumented(event, job, null);
  }

  private static void assertIsAsDocumented(
      WebhookEvent event, @Nullable Job job, @Nullable Batch batch) {
    var delivery =
        new Delivery(
            new DeliveryLease(new DeliveryId("msg_1"), 1),
            1,
            DeliveryRig.TENANT,
            event.type(),
            "https://example.com/hook",
            CREATED,
            null,
            job,
            batch,
            List.of());

    assertThat(Json.read(WebhookBody.of(delivery, PUBLIC_URL), JsonNode.class))
        .isEqualTo(WebhookBodies.of(event));
  }

  private static Job job(
      JobState state,
      String url,
      int attempt,
      @Nullable Instant startedAt,
      Instant finishedAt,
      @Nullable CaptureResult result,
      @Nullable Failure failure,
      @Nullable String metadata) {
    return new Job(
        new JobId("01kazwj8s0e5w3q2zfv7m4rt9c"),
        DeliveryRig.TENANT,
        state,
        Priority.NORMAL,
        url,
        attempt,
        0,
        0,
        CREATED,
        null,
        null,
        startedAt,
        finishedAt,
        null,
        result,
        failure,
        metadata);
  }
}
