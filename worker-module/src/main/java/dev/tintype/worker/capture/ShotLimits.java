package dev.tintype.worker.capture;

import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.CaptureException;
import dev.tintype.job.FailureCode;

/** How large one shot can be. */
final class ShotLimits {
  /**
   * Device pixels a side. Chromium's compositor paints beyond its largest texture in silence:
   * white, or the first part again. This is the smallest largest texture of its renderers.
   */
  static final int MAX_SIDE = 16_384;

  // The largest side that the format can write down.
  private static final int MAX_WEBP_SIDE = 16_383;

  /** Device pixels of an image: 400 MB in the browser before it is encoded. */
  static final long MAX_PIXELS = 100_000_000;

  private ShotLimits() {}

  /** The tallest that this capture's image can be, CSS pixels. */
  static int height(CaptureSpec spec) {
    double scale = spec.viewport().deviceScaleFactor();
    long width = Math.max(1, Math.round(spec.viewport().width() * scale));
    long devicePixels = Math.min(maxSide(spec), MAX_PIXELS / width);
    return (int) Math.floor(devicePixels / scale);
  }

  /**
   * Refuses a window that is larger than a shot can be.
   *
   * @throws CaptureException with what the image would be and what it may be
   */
  static void checkWindow(CaptureSpec spec) {
    double scale = spec.viewport().deviceScaleFactor();
    long width = Math.round(spec.viewport().width() * scale);
    long height = Math.round(spec.viewport().height() * scale);
    if (Math.max(width, height) > maxSide(spec) || width * height > MAX_PIXELS) {
      throw new CaptureException(
          FailureCode.IMAGE_TOO_LARGE,
          "the window gives an image of %d by %d device pixels; allowed is %d a side and %d in all"
              .formatted(width, height, maxSide(spec), MAX_PIXELS));
    }
  }

  private static int maxSide(CaptureSpec spec) {
    return spec.format().type() == ImageType.WEBP ? MAX_WEBP_SIDE : MAX_SIDE;
  }
}
