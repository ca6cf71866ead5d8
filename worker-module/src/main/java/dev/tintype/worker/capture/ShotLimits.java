package dev.tintype.worker.capture;

import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.CaptureException;
import dev.tintype.job.FailureCode;

/** Limits of one screenshot. */
final class ShotLimits {
  /**
   * Device pixels per side. Beyond its largest texture, Chromium's compositor silently paints white
   * or repeats the first part. This is the smallest such limit among its renderers.
   */
  static final int MAX_SIDE = 16_384;

  // Limit of the file format.
  private static final int MAX_WEBP_SIDE = 16_383;

  /** Device pixels of an image: 400 MB in the browser before it is encoded. */
  static final long MAX_PIXELS = 100_000_000;

  private ShotLimits() {}

  /** The largest possible height of this capture's image in CSS pixels. */
  static int height(CaptureSpec spec) {
    double scale = spec.viewport().deviceScaleFactor();
    long width = Math.max(1, Math.round(spec.viewport().width() * scale));
    long devicePixels = Math.min(maxSide(spec), MAX_PIXELS / width);
    return (int) Math.floor(devicePixels / scale);
  }

  /**
   * Refuses a viewport that is too large for one screenshot.
   *
   * @throws CaptureException with the size and the limits
   */
  static void checkWindow(CaptureSpec spec) {
    double scale = spec.viewport().deviceScaleFactor();
    long width = Math.round(spec.viewport().width() * scale);
    long height = Math.round(spec.viewport().height() * scale);
    if (Math.max(width, height) > maxSide(spec) || width * height > MAX_PIXELS) {
      throw new CaptureException(
          FailureCode.IMAGE_TOO_LARGE,
          "the viewport needs an image of %d by %d device pixels; the limits are %d per side and %d in total"
              .formatted(width, height, maxSide(spec), MAX_PIXELS));
    }
  }

  private static int maxSide(CaptureSpec spec) {
    return spec.format().type() == ImageType.WEBP ? MAX_WEBP_SIDE : MAX_SIDE;
  }
}
