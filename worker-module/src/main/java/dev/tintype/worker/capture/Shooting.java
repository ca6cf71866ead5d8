package dev.tintype.worker.capture;

import com.google.gson.JsonObject;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Format;
import dev.tintype.capture.Format.Compression;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.worker.browser.BrowserPage;

/**
 * Takes the screenshot, encoded by the browser. Uses the protocol's command, because Playwright's
 * screenshot has no {@code optimizeForSpeed}, which takes half the time for a third more bytes.
 */
record Shooting(BrowserPage page, CaptureSpec spec, Logbook log) {

  byte[] shoot(Prepared prepared) {
    Format format = spec.format();
    var command = new JsonObject();
    command.addProperty("format", format.type().toString());
    Integer quality = format.quality();
    if (quality != null) {
      command.addProperty("quality", quality);
    }
    command.addProperty(
        "optimizeForSpeed",
        format.type() == ImageType.PNG && format.compression() == Compression.FAST);
    if (spec.area().fullPage()) {
      // A short page still fills the viewport.
      int height = Math.max(spec.viewport().height(), prepared.height());
      command.addProperty("captureBeyondViewport", true);
      // The width of the viewport, even if the content is wider.
      command.add("clip", clip(spec.viewport().width(), cut(height)));
    }
    return page.screenshot(command);
  }

  private int cut(int height) {
    int max = ShotLimits.height(spec);
    if (height <= max) {
      return height;
    }
    log.warn(
        Logbook.PAGE_CUT,
        "the page is %d CSS pixels high; the image has the first %d".formatted(height, max));
    return max;
  }

  private static JsonObject clip(int width, int height) {
    var clip = new JsonObject();
    clip.addProperty("x", 0);
    clip.addProperty("y", 0);
    clip.addProperty("width", width);
    clip.addProperty("height", height);
    clip.addProperty("scale", 1);
    return clip;
  }
}
