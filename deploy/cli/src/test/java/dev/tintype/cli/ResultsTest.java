package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.client.Capture;
import dev.tintype.client.RemoteImage;
import dev.tintype.client.TintypeClient;
import dev.tintype.job.JobId;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Results that need attention: error pages, several images, names that promise another format. */
class ResultsTest extends WithServer {
  @Test
  void errorPageIsNamedFirst() {
    Run run = server.run("shot", "example.com");
    server.completeWith(404, "image");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.err())
        .contains("example.com.png: the page answered with HTTP 404, 1280x800 png");
  }

  @Test
  void failOnStatusSavesImageAndExitsWithOne() {
    Run run = server.run("shot", "example.com", "--fail-on-status", "4xx,503");
    JobId id = server.completeWith(404, "image");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(folder.resolve("example.com.png")).hasContent("image");
    assertThat(run.err()).contains("the page answered with HTTP 404 (--fail-on-status)");
    assertThat(run("wait", id.value(), "--fail-on-status", "404").exit()).isEqualTo(1);
    assertThat(run("wait", id.value(), "--fail-on-status", "5xx").exit()).isEqualTo(0);
    assertThat(run("get", id.value(), "--fail-on-status=4xx", "-o", "x.png").exit()).isEqualTo(1);
    assertThat(folder.resolve("x.png")).hasContent("image");
  }

  @Test
  void failOnStatusTakesStatusesOnly() {
    Run run = run("wait", "01k5m7c0f2x8v9q3w4e5r6t7y8", "--fail-on-status", "error");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--fail-on-status").contains("Expected 404, 4xx");
  }

  @Test
  void batchCountsErrorPages() throws IOException {
    Files.writeString(folder.resolve("urls.txt"), "http://a.example/\nhttp://b.example/\n");
    Run run = server.run("batch", "urls.txt", "-o", "shots", "--fail-on-status=5xx");
    server.completeWith(200, "image");
    server.completeWith(500, "image");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("2 saved (1 answered with HTTP 4xx or 5xx), 0 saved before");
  }

  @Test
  void listShowsStatusOfPage() {
    client().submit(Capture.ofUrl("https://example.com/lost"));
    server.completeWith(404, "image");

    assertThat(done("list").out()).containsPattern(" 404 +https://example.com/lost");
  }

  @Test
  void imageOfJobIsSavedByName() {
    Run shot = server.run("shot", "example.com");
    JobId id = server.completeWith(200, "image", "top");
    assertThat(shot.exit()).isEqualTo(0);
    assertThat(folder.resolve("example.com.png")).hasContent("image");
    assertThat(shot.err())
        .contains("Further images: top")
        .contains("tintype get " + id)
        .contains(" --image top");

    assertThat(run("get", id.value(), "--image", "top").exit()).isEqualTo(0);

    assertThat(folder.resolve("example.com-top.png")).hasContent("top");
    Run unknown = run("get", id.value(), "--image", "bottom");
    assertThat(unknown.exit()).isEqualTo(3);
    assertThat(unknown.err()).contains("no image \"bottom\"").contains("Its images: image, top");
  }

  @Test
  void clientReadsImagesByName() throws IOException {
    TintypeClient client = client();
    JobId id = client.submit(Capture.ofUrl("https://example.com/")).id();
    server.completeWith(200, "image", "top");

    assertThat(client.job(id).images())
        .extracting(RemoteImage::name)
        .containsExactly("image", "top");
    assertThat(client.image(id, "top")).asString().isEqualTo("top");
    client.image(id, "top", folder.resolve("top.png"));
    assertThat(folder.resolve("top.png")).hasContent("top");
    assertThat(client.image(id)).asString().isEqualTo("image");
  }

  @Test
  void nameThatPromisesAnotherFormatIsReported() {
    Run shot = server.run("shot", "example.com", "--format", "webp", "-o", "odd.png");
    server.complete();
    assertThat(shot.exit()).isEqualTo(0);
    assertThat(shot.err()).contains("odd.png contains a webp image, although its name says png");

    Run again = server.run("shot", "example.com", "-o", "page.png");
    JobId id = server.completeWith(200, "image");
    assertThat(again.exit()).isEqualTo(0);
    Run get = run("get", id.value(), "-o", "page.jpg");
    assertThat(get.exit()).isEqualTo(0);
    assertThat(get.err()).contains("page.jpg contains a png image, although its name says jpeg");
    assertThat(again.err()).doesNotContain("although");
  }

  private TintypeClient client() {
    return TintypeClient.of(server.address());
  }

  private Run run(String... words) {
    return server.run(words);
  }
}
