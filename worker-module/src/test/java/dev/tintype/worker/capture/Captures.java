package dev.tintype.worker.capture;

import dev.tintype.capture.Area;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Format;
import dev.tintype.capture.Format.Compression;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.capture.Limits;
import dev.tintype.capture.Limits.OnTimeout;
import dev.tintype.capture.Viewport;
import dev.tintype.capture.Wait;
import dev.tintype.capture.Wait.WaitUntil;
import dev.tintype.capture.field.Field;
import java.time.Duration;

/** Builds captures for tests, from the product's defaults. */
record Captures(CaptureSpec spec) {
  static Captures of(String url) {
    return defaults(CaptureSpec.ofUrl(url));
  }

  static Captures ofHtml(String html) {
    return defaults(CaptureSpec.ofHtml(html));
  }

  private static Captures defaults(CaptureSpec spec) {
    return new Captures(
        spec.with(Limits.TIMEOUT, Duration.ofSeconds(60)).with(Limits.MAX_ATTEMPTS, 1));
  }

  <T> Captures with(Field<T> option, T value) {
    return new Captures(spec.with(option, value));
  }

  Captures viewport(int width, int height, double scale) {
    return new Captures(
        spec.with(Viewport.WIDTH, width)
            .with(Viewport.HEIGHT, height)
            .with(Viewport.DEVICE_SCALE_FACTOR, scale));
  }

  Captures fullPage() {
    return new Captures(spec.with(Area.FULL_PAGE, true));
  }

  Captures format(ImageType type) {
    return new Captures(spec.with(Format.TYPE, type));
  }

  Captures compression(Compression compression) {
    return new Captures(spec.with(Format.COMPRESSION, compression));
  }

  Captures until(WaitUntil until) {
    return new Captures(spec.with(Wait.UNTIL, until));
  }

  Captures selector(String selector) {
    return new Captures(spec.with(Wait.SELECTOR, selector));
  }

  Captures delay(Duration delay) {
    return new Captures(spec.with(Wait.DELAY, delay));
  }

  Captures timeout(Duration timeout) {
    return new Captures(spec.with(Limits.TIMEOUT, timeout));
  }

  Captures onTimeout(OnTimeout onTimeout) {
    return new Captures(spec.with(Limits.ON_TIMEOUT, onTimeout));
  }
}
