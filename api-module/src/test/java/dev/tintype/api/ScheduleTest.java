package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.LeaseReply;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a job is done, and how often it is tried. */
class ScheduleTest extends WithApi {
  @Test
  void aCaptureForLaterIsScheduledAndSaysSo() {
    Answer answer =
        api.post(
            "{\"html\": \"<p>\", \"notBefore\": \"2100-01-01T00:00:00Z\", \"priority\": \"low\"}");

    assertThat(answer.status()).isEqualTo(202);
    JsonNode job = api.get(answer.header("Location")).json();
    assertThat(job.path("state").textValue()).isEqualTo("scheduled");
    assertThat(job.path("priority").textValue()).isEqualTo("low");
    assertThat(job.path("notBefore").textValue()).isEqualTo("2100-01-01T00:00:00.000Z");
    assertThat(job.path("timeline").path(0).path("event").textValue()).isEqualTo("scheduled");
  }

  @Test
  void aDeadlineThatHasPassedIsRefused() {
    Answer answer = api.post("{\"html\": \"<p>\", \"deadline\": \"2001-01-01T00:00:00Z\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").textValue()).isEqualTo("/deadline");
  }

  @Test
  void aDeadlineBeforeTheBeginningIsRefused() {
    Answer answer =
        api.post(
            "{\"html\": \"<p>\", \"notBefore\": \"2100-01-02T00:00:00Z\","
                + " \"deadline\": \"2100-01-01T00:00:00Z\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/detail").textValue())
        .contains("must be after /notBefore");
  }

  @Test
  void eachAttemptHasItsErrorAndItsTime() {
    JobId id = api.submit();
    Assignment first = api.claim();
    LeaseReply reply =
        api.worker()
            .fail(
                first.lease(),
                new Failure(FailureCode.CONNECTION_FAILED, "the server hung up"),
                Optional.of(Duration.ZERO))
            .await();
    assertThat(reply).isEqualTo(LeaseReply.RETRIED);
    api.claim();

    JsonNode job = api.get("/v1/jobs/" + id).json();

    assertThat(job.path("state").textValue()).isEqualTo("running");
    assertThat(job.path("failures").intValue()).isEqualTo(1);
    JsonNode attempt = job.path("attempts").path(0);
    assertThat(attempt.path("outcome").textValue()).isEqualTo("attempt_failed");
    assertThat(attempt.path("code").textValue()).isEqualTo("connection_failed");
    assertThat(attempt.path("message").textValue()).isEqualTo("the server hung up");
    assertThat(attempt.path("endedAt").textValue())
        .isGreaterThanOrEqualTo(attempt.path("startedAt").textValue());
    assertThat(job.path("attempts").path(1).has("outcome")).isFalse();
  }
}
