package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.job.JobId;
import dev.tintype.testing.Fixtures;
import org.junit.jupiter.api.Test;

/** What a client gets that sends again what was sent before. */
class RepeatedSubmissionTest extends WithApi {
  private static final String CAPTURE = "{\"html\": \"<p>hello\"}";
  private static final String CACHEABLE =
      "{\"html\": \"<p>hello\", \"cache\": {\"maxAge\": \"1h\"}}";

  @Test
  void theSameKeyAnswersTheSameJob() {
    Answer first = api.post(CAPTURE, "Idempotency-Key", "report 7");
    Answer again = api.post(CAPTURE, "Idempotency-Key", "report 7");

    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.job()).isEqualTo(first.job());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void aSpellingThatMeansTheSameIsTheSameCapture() {
    Answer first = api.post(CAPTURE, "Idempotency-Key", "k");
    Answer again =
        api.post(
            "{\"limits\": {\"timeout\": \"1m\"}, \"html\": \"<p>hello\"}", "Idempotency-Key", "k");

    assertThat(again.job()).isEqualTo(first.job());
  }

  @Test
  void theSameKeyForAnotherCaptureIsRefusedAndNamesTheJob() {
    JobId first = api.post(CAPTURE, "Idempotency-Key", "k").job();

    Answer answer = api.post("{\"html\": \"<p>other\"}", "Idempotency-Key", "k");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("idempotency_key_reused");
    assertThat(answer.json().path("detail").textValue()).contains(first.value());
  }

  @Test
  void aKeyWithoutMeasureIsRefused() {
    Answer answer = api.post(CAPTURE, "Idempotency-Key", "k".repeat(256));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").textValue()).contains("256", "1 to 255");
  }

  @Test
  void theKeyOfAJobThatWasDeletedSaysSo() {
    JobId id = api.post(CAPTURE, "Idempotency-Key", "k").job();
    api.delete(id);

    assertThat(api.post(CAPTURE, "Idempotency-Key", "k").code()).isEqualTo("job_gone");
  }

  @Test
  void anEqualCaptureJoinsTheOneThatWaits() {
    Answer first = api.post(CACHEABLE);
    Answer second = api.post(CACHEABLE);

    assertThat(first.header("Cache-Status")).isEqualTo("tintype; fwd=miss; stored");
    assertThat(second.job()).isEqualTo(first.job());
    assertThat(second.header("Cache-Status")).isEqualTo("tintype; hit; detail=joined");
  }

  @Test
  void anEqualCaptureIsAnsweredByTheImageThatIsThere() {
    JobId first = api.post(CACHEABLE).job();
    api.worker().complete(api.claim().lease(), Fixtures.aResult()).await();

    Answer second = api.post(CACHEABLE);

    assertThat(second.job()).isEqualTo(first);
    assertThat(second.header("Cache-Status")).isEqualTo("tintype; hit; detail=cached");
    assertThat(second.json().path("state").textValue()).isEqualTo("succeeded");
  }

  @Test
  void whoeverDoesNotAskForTheCacheGetsANewPicture() {
    JobId first = api.post(CACHEABLE).job();
    Answer second = api.post(CAPTURE);

    assertThat(second.job()).isNotEqualTo(first);
    assertThat(second.header("Cache-Status")).isEmpty();
  }

  @Test
  void theDropInJoinsTooSoThatAReloadCostsNothing() {
    String path = "/v1/screenshot?html=%3Cp%3Ehello&cacheMaxAge=1m";

    assertThat(api.get(path).header("Location")).isEqualTo(api.get(path).header("Location"));
  }
}
