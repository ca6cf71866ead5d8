package dev.tintype.capture;

import static dev.tintype.capture.field.Types.flag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tintype.capture.Format.ImageType;
import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.FieldTable;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.capture.field.Values;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoredCaptureTest {
  private static final Field<Boolean> INVENTED =
      Field.at("/area/invented", "invented", flag()).byDefault(false).since(2);
  private static final FieldTable NEWER =
      FieldTable.of(Input.GROUP, Viewport.GROUP, Area.GROUP, OptionGroup.of("Invented", INVENTED));

  @Test
  void onlyWhatDiffersFromItsDefaultIsStored() {
    CaptureSpec capture =
        CaptureSpec.ofUrl("https://example.com/")
            .with(Viewport.WIDTH, 390)
            .with(Viewport.HEIGHT, 800);

    assertThat(StoredCapture.write(capture))
        .isEqualTo("{\"version\":1,\"url\":\"https://example.com/\",\"viewport\":{\"width\":390}}");
    assertThat(StoredCapture.read(StoredCapture.write(capture))).isEqualTo(capture);
  }

  @Test
  void newOptionWithItsDefaultChangesNoFingerprint() {
    Values values = CaptureSpec.ofUrl("https://example.com/").values();

    assertThat(NEWER.write(values.with(INVENTED, false)))
        .isEqualTo(CaptureOptions.IMAGE.write(values));
    assertThat(values.with(INVENTED, false).version()).isEqualTo(1);
    assertThat(values.with(INVENTED, true).version()).isEqualTo(2);
  }

  @Test
  void newerVersionIsLeftToNewerBuilds() {
    String newest = "{\"version\":99,\"html\":\"<p>\",\"area\":{\"invented\":true}}";

    var failure =
        catchThrowableOfType(UnreadableCaptureException.class, () -> StoredCapture.read(newest));

    assertThat(failure.version()).isEqualTo(99);
    assertThat(failure).hasMessageContaining("understands versions up to ");

    String stored = "{\"version\":2,\"html\":\"<p>\",\"area\":{\"invented\":true}}";
    assertThat(StoredCapture.read(stored, NEWER).html()).isEqualTo("<p>");
    assertThat(StoredCapture.read("{\"version\":1,\"html\":\"<p>\"}", NEWER).html())
        .isEqualTo("<p>");
  }

  @Test
  void captureWithoutVersionIsReadAsItWasOnceStored() {
    CaptureSpec capture =
        StoredCapture.read(
            """
            {"url":"https://example.com/","viewport":{"width":390,"height":800,
             "deviceScaleFactor":1.0},"area":{"fullPage":true},"format":{"type":"jpeg",
             "compression":"fast","quality":80},"waitFor":{"until":"load","selector":"#a",
             "delay":"PT1.5S"},"limits":{"timeout":"PT1M","onTimeout":"capture","maxAttempts":3}}
            """);

    assertThat(capture)
        .isEqualTo(
            CaptureSpec.ofUrl("https://example.com/")
                .with(Viewport.WIDTH, 390)
                .with(Area.FULL_PAGE, true)
                .with(Format.TYPE, ImageType.JPEG)
                .with(Wait.UNTIL, Wait.WaitUntil.LOAD)
                .with(Wait.SELECTOR, "#a")
                .with(Wait.DELAY, Duration.ofMillis(1500)));
  }
}
