package dev.tintype.worker.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.CaptureResult.StepTiming;
import dev.tintype.testing.PageServer;
import dev.tintype.worker.browser.BrowserSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a picture shows and says of its page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaptureIT {
  private static final int RED = 0xFFC0392B;
  private static final int GREEN = 0xFF008000;

  private Studio studio;

  @BeforeAll
  void open() {
    studio = new Studio(BrowserSettings.defaults());
  }

  @AfterAll
  void close() {
    studio.close();
  }

  @Test
  void titleAndUrlHaveALimit() {
    studio
        .server()
        .page(
            "/wordy",
            "<title>x</title><p>x<script>document.title = 'a'.repeat(1023) + '\\u{1F600}b';"
                + "history.replaceState(null, '', '/wordy?' + 'b'.repeat(10000))</script>");

    CapturedPage page = studio.take(Captures.of(studio.url("/wordy")));

    // The character in the middle of the cut is left out, not halved.
    assertThat(page.title()).isEqualTo("a".repeat(1023));
    assertThat(page.finalUrl()).hasSize(8192).startsWith(studio.url("/wordy?bbb"));
    assertThat(page.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.code()).isEqualTo("url_cut");
              assertThat(warning.message()).contains("the first 8192");
            });
  }

  @Test
  void imageHasTheSizeOfTheViewport() throws IOException {
    CapturedPage page = studio.take(Captures.of(studio.url("/plain.html")).viewport(1003, 617, 1));

    var image = Pictures.read(page, "plain");
    assertThat(image.getWidth()).isEqualTo(page.image().width()).isEqualTo(1003);
    assertThat(image.getHeight()).isEqualTo(page.image().height()).isEqualTo(617);
    assertThat(image.getRGB(60, 160)).isEqualTo(RED);
  }

  @Test
  void scaleFactorEnlargesTheImageAndNotTheLayout() throws IOException {
    CapturedPage page = studio.take(Captures.of(studio.url("/plain.html")).viewport(640, 400, 2));

    var image = Pictures.read(page, "plain-2x");
    assertThat(page.image().width()).isEqualTo(1280);
    assertThat(page.image().height()).isEqualTo(800);
    assertThat(image.getRGB(2 * 60, 2 * 160)).isEqualTo(RED);
  }

  @Test
  void fullPageIsAsHighAsItsDocument() throws IOException {
    CapturedPage page =
        studio.take(Captures.of(studio.url("/tall.html")).viewport(800, 600, 1).fullPage());

    var image = Pictures.read(page, "tall");
    assertThat(image.getWidth()).isEqualTo(800);
    assertThat(image.getHeight()).isEqualTo(3000);
    assertThat(image.getRGB(10, 2990)).isEqualTo(RED);
    assertThat(page.warnings()).isEmpty();
  }

  @Test
  void shortFullPageFillsTheViewport() {
    CapturedPage page = studio.take(Captures.of(studio.url("/plain.html")).fullPage());

    assertThat(page.image().height()).isEqualTo(800);
  }

  @Test
  void pageBeyondTheLimitIsCutWithAWarning() throws IOException {
    String html = "<body style='margin:0'><div style='height:20000px;background:#c0392b'></div>";
    CapturedPage page = studio.take(Captures.ofHtml(html).viewport(400, 300, 1).fullPage());

    var image = Pictures.read(page, "cut");
    assertThat(image.getHeight()).isEqualTo(16_384);
    assertThat(image.getRGB(200, 16_383)).isEqualTo(RED);
    assertThat(page.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.code()).isEqualTo("page_cut");
              assertThat(warning.message()).contains("20000").contains("16384");
            });
  }

  @Test
  void fullPageShowsLazyContent() throws IOException {
    CapturedPage page =
        studio.take(Captures.of(studio.url("/lazy.html")).viewport(800, 600, 1).fullPage());

    var image = Pictures.read(page, "lazy");
    assertThat(image.getHeight()).isEqualTo(6600);
    assertThat(image.getRGB(100, 6100)).isEqualTo(RED);
    assertThat(image.getRGB(100, 6500)).isEqualTo(GREEN);
  }

  @Test
  void headerIsInItsStateAtTheTop() throws IOException {
    CapturedPage page =
        studio.take(
            Captures.of(studio.url("/shrinking-header.html")).viewport(800, 600, 1).fullPage());

    assertThat(Pictures.read(page, "shrinking-header").getRGB(400, 30)).isEqualTo(GREEN);
  }

  @Test
  void animationIsAtItsEnd() throws IOException {
    CapturedPage page = studio.take(Captures.of(studio.url("/animated.html")));

    assertThat(Pictures.read(page, "animated").getRGB(50, 50)).isEqualTo(GREEN);
  }

  @ParameterizedTest
  @EnumSource
  void imageHasTheRequestedFormat(ImageType type) throws IOException {
    CapturedPage page =
        studio.take(Captures.of(studio.url("/plain.html")).viewport(700, 500, 1).format(type));

    byte[] file = page.image().bytes().getBytes();
    String head = new String(file, 0, 12, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(head)
        .matches(
            switch (type) {
              case PNG -> "(?s)\u0089PNG\r\n\u001a\n.*";
              case JPEG -> "(?s)\u00ff\u00d8\u00ff.*";
              case WEBP -> "(?s)RIFF.{4}WEBP";
            });
    assertThat(page.image().width()).isEqualTo(700);
    assertThat(page.image().height()).isEqualTo(500);
    if (type != ImageType.WEBP) { // The JDK reads no WebP.
      assertThat(ImageIO.read(new ByteArrayInputStream(file)).getWidth()).isEqualTo(700);
    }
  }

  @Test
  void pageOfStatus404IsCaptured() {
    studio.server().status("/gone", 404, "<title>Gone</title>");

    CapturedPage page = studio.take(Captures.of(studio.url("/gone")));

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.title()).isEqualTo("Gone");
  }

  @Test
  void finalUrlIsTheOneAfterRedirects() {
    PageServer server = studio.server();
    server.redirect("/old", "/older").redirect("/older", "/plain.html");

    CapturedPage page = studio.take(Captures.of(studio.url("/old")));

    assertThat(page.finalUrl()).isEqualTo(studio.url("/plain.html"));
    assertThat(page.status()).isEqualTo(200);
  }

  @Test
  void inlineHtmlHasNoStatus() throws IOException {
    CapturedPage page =
        studio.take(
            Captures.ofHtml(
                "<title>Inline</title><body style='margin:0;background:#c0392b'>Grüße"));

    assertThat(page.status()).isNull();
    assertThat(page.finalUrl()).isEqualTo("about:blank");
    assertThat(page.title()).isEqualTo("Inline");
    assertThat(Pictures.read(page, "inline").getRGB(1200, 700)).isEqualTo(RED);
  }

  @Test
  void everyStepIsTimed() {
    CapturedPage page = studio.take(Captures.of(studio.url("/plain.html")));

    assertThat(page.steps())
        .extracting(StepTiming::step)
        .containsExactly("open", "navigate", "settle", "prepare", "shoot");
    assertThat(page.steps()).allMatch(step -> step.took().compareTo(Duration.ZERO) > 0);
  }

  @Test
  void capturesShareNoState() {
    for (int capture = 0; capture < 3; capture++) {
      CapturedPage page = studio.take(Captures.of(studio.url("/memory.html")));
      assertThat(page.title()).isEqualTo("found |null");
    }
  }
}
