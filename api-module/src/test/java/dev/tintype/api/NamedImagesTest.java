package dev.tintype.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.job.JobId;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.QueueUpkeep;
import dev.tintype.testing.Fixtures;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Jobs with several images. */
class NamedImagesTest extends WithApi {
  private static final byte[] WHOLE = "the whole page".getBytes(UTF_8);
  private static final byte[] TOP = "its top".getBytes(UTF_8);

  @Test
  void everyImageHasItsName() {
    JobId id = jobWithTwoImages();

    JsonNode result = api.get("/v1/jobs/" + id).json().path("result");

    assertThat(result.path("images")).hasSize(2);
    assertThat(result.path("image").path("bytes").intValue()).isEqualTo(WHOLE.length);
    JsonNode top = result.path("images").path(1);
    assertThat(top.path("name").textValue()).isEqualTo("top");
    assertThat(top.path("links").path("self").textValue())
        .isEqualTo("/v1/jobs/" + id + "/images/top");
    Answer image = api.get(top.path("links").path("self").textValue());
    assertThat(image.bytes()).isEqualTo(TOP);
    assertThat(image.header("Content-Disposition")).contains(id + "-top.png");
    assertThat(api.get("/v1/jobs/" + id + "/image").bytes()).isEqualTo(WHOLE);
    assertThat(api.get("/v1/jobs/" + id + "/images/image").bytes()).isEqualTo(WHOLE);
    assertThat(api.get("/v1/jobs/" + id + "/images/top", "Range", "bytes=4-6").bytes())
        .isEqualTo("top".getBytes(UTF_8));
  }

  @Test
  void unknownNameIsNotFound() {
    JobId id = jobWithTwoImages();

    Answer answer = api.get("/v1/jobs/" + id + "/images/bottom");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().path("code").textValue()).isEqualTo("image_not_found");
  }

  @Test
  void namedImageIsAwaitedLikeTheFirst() {
    JobId id = api.submit();

    assertThat(api.get("/v1/jobs/" + id + "/images/top").status()).isEqualTo(409);
    Answer waitOn = api.get("/v1/jobs/" + id + "/images/top?wait=1");
    assertThat(waitOn.status()).isEqualTo(303);
    assertThat(waitOn.header("Location")).startsWith("/v1/jobs/" + id + "/images/top?wait=1");
    completeWithTwoImages();
  }

  @Test
  void batchArchiveHasAllImagesOfEveryJob() throws IOException {
    String address =
        api.call("POST", "/v1/batches", "{\"captures\": [{\"url\": \"http://a.example/\"}]}")
            .header("Location");
    completeWithTwoImages();

    List<String> names = new ArrayList<>();
    try (var zip =
        new ZipInputStream(new ByteArrayInputStream(api.get(address + "/images.zip").bytes()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    assertThat(names)
        .containsExactly("results.ndjson", "0001-a.example.png", "0001-a.example-top.png");
  }

  @Test
  void deletedJobLeavesNoImage() {
    JobId id = jobWithTwoImages();

    assertThat(api.delete(id).status()).isEqualTo(204);

    QueueUpkeep upkeep = api.upkeep();
    assertThat(upkeep.deleteGarbage(10).await()).isEqualTo(2);
    assertThat(api.get("/v1/jobs/" + id + "/images/top").status()).isEqualTo(410);
  }

  private JobId jobWithTwoImages() {
    api.submit();
    return completeWithTwoImages();
  }

  private JobId completeWithTwoImages() {
    Assignment assignment = api.claim();
    api.worker().reserveImages(assignment.lease(), 2).await();
    put(assignment.imageKey(0), WHOLE);
    put(assignment.imageKey(1), TOP);
    var result =
        Fixtures.aResultOf(
            Fixtures.anImage("image", assignment.imageKey(0), WHOLE.length),
            Fixtures.anImage("top", assignment.imageKey(1), TOP.length));
    api.worker().complete(assignment.lease(), result).await();
    return assignment.lease().job();
  }

  private void put(String key, byte[] bytes) {
    api.images().put(key, Buffer.buffer(bytes), Duration.ofMinutes(1)).await();
  }
}
