package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShotTest extends WithServer {
  @Test
  void failedSaveTellsHowToFetchTheImageAgain() {
    Run shot = server.run("shot", "example.com", "-o", "/dev/full");
    var assignment = server.claim();
    server.complete(assignment);
    String id = assignment.lease().job().value();

    assertThat(shot.exit()).isEqualTo(2);
    assertThat(shot.err())
        .contains("-o: cannot write /dev/full: no space left on device\n")
        .contains("The image is kept. Save it again: tintype get " + id);
  }

  @Test
  void aShotIsSavedUnderTheNameOfItsHost() throws Exception {
    Run run = server.run("shot", "example.com/some/page");
    CaptureSpec spec = server.complete("the fonts were late");

    assertThat(run.exit()).isEqualTo(0);
    assertThat(spec.url()).isEqualTo("https://example.com/some/page");
    assertThat(folder.resolve("example.com.png")).hasBinaryContent(ServerUnderTest.IMAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("queued\n")
        .contains("example.com.png: 1280x800 png, 8 B, HTTP 200, ")
        .contains("warning: the fonts were late");
  }

  @Test
  void aNameThatWasMadeUpNeverHitsAnExistingFile() throws Exception {
    Files.writeString(folder.resolve("example.com.png"), "precious");
    Run run = server.run("shot", "example.com");
    server.complete();

    assertThat(run.exit()).isEqualTo(0);
    assertThat(folder.resolve("example.com.png")).hasContent("precious");
    assertThat(folder.resolve("example.com-2.png")).hasBinaryContent(ServerUnderTest.IMAGE);
  }

  @Test
  void aFileThatWasNamedIsReplacedAndItsExtensionChoosesTheFormat() throws Exception {
    Files.writeString(folder.resolve("page.jpg"), "old");
    Run run = server.run("shot", "example.com", "-o", "page.jpg");

    assertThat(server.complete().format().type()).isEqualTo(ImageType.JPEG);
    assertThat(run.exit()).isEqualTo(0);
    assertThat(folder.resolve("page.jpg")).hasBinaryContent(ServerUnderTest.IMAGE);
    assertThat(files()).containsExactly("page.jpg");
  }

  @Test
  void aPageFromAPipeGoesIntoAPipe() {
    Run run =
        Run.prepare(folder, server.environment(), "<p>piped", false, Run.IMPATIENT)
            .start("shot", "-", "-o", "-");

    assertThat(server.complete().html()).isEqualTo("<p>piped");
    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.bytes.toByteArray()).isEqualTo(ServerUnderTest.IMAGE);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aPageFromAFileIsSentAsHtml() throws Exception {
    Files.writeString(folder.resolve("page.html"), "<p>filed");
    Run run = server.run("shot", "--html", "page.html", "-o", "x.png");

    assertThat(server.complete().html()).isEqualTo("<p>filed");
    assertThat(run.exit()).isEqualTo(0);
  }

  @Test
  void everyFlagArrives() {
    Run run =
        server.run(
            "shot", "example.com", "--width", "390", "--full-page", "--delay=2s", "--format=webp");
    CaptureSpec spec = server.complete();

    assertThat(spec.viewport().width()).isEqualTo(390);
    assertThat(spec.area().fullPage()).isTrue();
    assertThat(spec.waits().delay()).hasSeconds(2);
    assertThat(run.exit()).isEqualTo(0);
    assertThat(folder.resolve("example.com.webp")).exists();
  }

  @Test
  void aFailedCaptureSaysWhy() throws Exception {
    Run run = server.run("shot", "example.com");
    var id = server.fail(FailureCode.HOST_NOT_FOUND, "example.com does not resolve");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("capture failed: example.com does not resolve (host_not_found)")
        .contains("tintype status " + id);
    assertThat(files()).isEmpty();
  }

  @Test
  void jsonIsTheJobAndNothingElse() {
    Run run = server.run("shot", "example.com", "--json");
    server.complete();

    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.json().path("state").textValue()).isEqualTo("succeeded");
    assertThat(run.json().path("links").path("image").textValue()).endsWith("/image");
  }

  @Test
  void aFailedCaptureIsJsonToo() {
    Run run = server.run("shot", "example.com", "--json");
    server.fail(FailureCode.TIMEOUT, "nothing within 60 s");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.json().path("failure").path("code").textValue()).isEqualTo("timeout");
  }

  @Test
  void aTerminalSeesOneLineThatDisappears() {
    Run run =
        Run.prepare(folder, server.environment(), "", true, Run.IMPATIENT)
            .start("shot", "example.com");
    run.err.awaitText(" s  queued");
    var assignment = server.claim();
    run.err.awaitText(" s  running, attempt 1");
    server.complete(assignment);

    assertThat(run.exit()).isEqualTo(0);
    String last = run.err().substring(run.err().lastIndexOf("\r\033[K"));
    assertThat(last).contains("example.com.png: ").doesNotContain("attempt");
  }

  @Test
  void whatCannotBeSavedIsNotSubmitted() {
    Run run = server.run("shot", "example.com", "-o", "missing/page.png");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("-o: the folder").contains("does not exist");
    assertThat(run.err()).doesNotContain("queued");
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
