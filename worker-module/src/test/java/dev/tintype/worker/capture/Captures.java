package dev.tintype.worker.capture;

import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.CaptureSpec.Area;
import dev.tintype.capture.CaptureSpec.Compression;
import dev.tintype.capture.CaptureSpec.Format;
import dev.tintype.capture.CaptureSpec.ImageType;
import dev.tintype.capture.CaptureSpec.Limits;
import dev.tintype.capture.CaptureSpec.OnTimeout;
import dev.tintype.capture.CaptureSpec.Viewport;
import dev.tintype.capture.CaptureSpec.WaitFor;
import dev.tintype.capture.CaptureSpec.WaitUntil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds captures for tests, from the product's defaults. */
record Captures(
    @Nullable String url,
    @Nullable String html,
    Viewport viewport,
    Area area,
    Format format,
    WaitFor waitFor,
    Limits limits) {

  static Captures of(String url) {
    return defaults(url, null);
  }

  static Captures ofHtml(String html) {
    return defaults(null, html);
  }

  private static Captures defaults(@Nullable String url, @Nullable String html) {
    return new Captures(
        url,
        html,
        new Viewport(1280, 800, 1),
        new Area(false),
        new Format(ImageType.PNG, Compression.FAST, null),
        new WaitFor(WaitUntil.AUTO, null, Duration.ZERO),
        new Limits(Duration.ofSeconds(20), OnTimeout.CAPTURE, 1));
  }

  Captures viewport(int width, int height, double scale) {
    return new Captures(
        url, html, new Viewport(width, height, scale), area, format, waitFor, limits);
  }

  Captures fullPage() {
    return new Captures(url, html, viewport, new Area(true), format, waitFor, limits);
  }

  Captures format(ImageType type) {
    var wanted = new Format(type, Compression.FAST, type == ImageType.PNG ? null : 80);
    return new Captures(url, html, viewport, area, wanted, waitFor, limits);
  }

  Captures compression(Compression compression) {
    var wanted = new Format(ImageType.PNG, compression, null);
    return new Captures(url, html, viewport, area, wanted, waitFor, limits);
  }

  Captures until(WaitUntil until) {
    var wanted = new WaitFor(until, waitFor.selector(), waitFor.delay());
    return new Captures(url, html, viewport, area, format, wanted, limits);
  }

  Captures selector(String selector) {
    var wanted = new WaitFor(waitFor.until(), selector, waitFor.delay());
    return new Captures(url, html, viewport, area, format, wanted, limits);
  }

  Captures delay(Duration delay) {
    var wanted = new WaitFor(waitFor.until(), waitFor.selector(), delay);
    return new Captures(url, html, viewport, area, format, wanted, limits);
  }

  Captures timeout(Duration timeout) {
    var wanted = new Limits(timeout, limits.onTimeout(), 1);
    return new Captures(url, html, viewport, area, format, waitFor, wanted);
  }

  Captures onTimeout(OnTimeout onTimeout) {
    var wanted = new Limits(limits.timeout(), onTimeout, 1);
    return new Captures(url, html, viewport, area, format, waitFor, wanted);
  }

  CaptureSpec spec() {
    return new CaptureSpec(url, html, viewport, area, format, waitFor, limits);
  }
}
