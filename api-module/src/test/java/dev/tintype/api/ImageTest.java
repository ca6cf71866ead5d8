package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.queue.Assignment;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageTest extends WithApi {
  // Several steps of a transfer and a rest.
  private static final byte[] BYTES = new byte[3_500_000];

  static {
    new Random(1).nextBytes(BYTES);
  }

  @Test
  void theBytesArriveWithTheirTypeNameAndTag() {
    JobId id = jobWithImage();

    Answer answer = api.get("/v1/jobs/" + id + "/image");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEqualTo(BYTES);
    assertThat(answer.header("Content-Type")).isEqualTo("image/webp");
    assertThat(answer.header("ETag")).isEqualTo("\"" + "a".repeat(64) + "\"");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("inline; filename=\"" + id + ".webp\"");
  }

  @Test
  void whoHasTheImageIsNotSentItAgain() {
    JobId id = jobWithImage();

    Answer answer =
        api.get("/v1/jobs/" + id + "/image", "If-None-Match", "\"" + "a".repeat(64) + "\"");

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void aRangeIsAPartOfTheBytes() {
    String path = "/v1/jobs/" + jobWithImage() + "/image";

    Answer middle = api.get(path, "Range", "bytes=10-19");
    assertThat(middle.status()).isEqualTo(206);
    assertThat(middle.bytes()).isEqualTo(Arrays.copyOfRange(BYTES, 10, 20));
    assertThat(middle.header("Content-Range")).isEqualTo("bytes 10-19/3500000");

    Answer end = api.get(path, "Range", "bytes=-5");
    assertThat(end.bytes()).isEqualTo(Arrays.copyOfRange(BYTES, BYTES.length - 5, BYTES.length));

    Answer beyond = api.get(path, "Range", "bytes=3500000-");
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.header("Content-Range")).isEqualTo("bytes */3500000");
    assertThat(api.get(path, "Range", "bytes=10-19", "If-Range", "\"another\"").status())
        .isEqualTo(200);
  }

  @Test
  void headTellsTheSizeWithoutTheBytes() {
    var request =
        api.request("/v1/jobs/" + jobWithImage() + "/image")
            .method("HEAD", BodyPublishers.noBody())
            .build();

    Answer answer = api.send(request);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("3500000");
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void anImageThatIsNotReadySaysWhenToAskAgain() {
    Answer answer = api.get("/v1/jobs/" + api.submit() + "/image");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.json().path("code").textValue()).isEqualTo("image_not_ready");
  }

  @Test
  void whoWaitsIsSentToWaitOnUntilTheImageIsThere() {
    JobId id = api.submit();
    String path = "/v1/jobs/" + id + "/image?wait=1";

    Answer waitOn = api.get(path);
    assertThat(waitOn.status()).isEqualTo(303);
    assertThat(waitOn.header("Location")).isEqualTo(path + "&hop=1");
    assertThat(waitOn.header("Cache-Control")).isEqualTo("no-store");

    complete();
    assertThat(api.get(path).bytes()).isEqualTo(BYTES);
  }

  @Test
  void theStandInForASynchronousEndpointMakesAJobAndSendsTheClientToItsImage() {
    Answer made = api.get("/v1/screenshot?url=http://example.com/&width=800&fullPage&format=webp");

    assertThat(made.status()).isEqualTo(303);
    Assignment assignment = complete();
    assertThat(assignment.spec().viewport().width()).isEqualTo(800);
    assertThat(assignment.spec().area().fullPage()).isTrue();
    assertThat(made.header("Location"))
        .isEqualTo("/v1/jobs/" + assignment.lease().job() + "/image?wait=2&hop=1");
    assertThat(api.get(made.header("Location")).bytes()).isEqualTo(BYTES);
  }

  @Test
  void aFailedCaptureHasNoImageAndSaysWhy() {
    JobId id = api.submit();
    api.worker()
        .fail(claim().lease(), new Failure(FailureCode.TIMEOUT, "60 s passed"), Optional.empty())
        .await();

    Answer answer = api.get("/v1/jobs/" + id + "/image?wait=1");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("code").textValue()).isEqualTo("capture_failed");
    assertThat(answer.json().path("failure").path("code").textValue()).isEqualTo("timeout");
  }

  @Test
  void anImageThatWasKeptForItsTimeIsGone() {
    JobId id = jobWithImage();
    api.images().delete(List.of(CompletedJobs.KEY)).await();

    Answer answer = api.get("/v1/jobs/" + id + "/image");

    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.json().path("code").textValue()).isEqualTo("image_gone");
  }

  private JobId jobWithImage() {
    JobId id = api.submit();
    complete();
    return id;
  }

  private Assignment complete() {
    return CompletedJobs.complete(api, BYTES);
  }

  private Assignment claim() {
    return api.worker()
        .claim(QueueAccess.WORKER, "nonce-" + Fixtures.aJobId())
        .await()
        .orElseThrow();
  }
}
