package dev.tintype.worker.capture;

import dev.tintype.job.CaptureResult.StepTiming;
import dev.tintype.job.CaptureResult.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Images of a page, with what the capture found out about it.
 *
 * @param images at least one; the first is the one that was asked for
 * @param finalUrl address after redirects, at most 8,192 characters; {@code about:blank} for inline
 *     HTML
 * @param status HTTP status of the page; null for inline HTML
 * @param title at most 1,024 characters
 * @param steps duration of each step, in their order
 * @param warnings deviations from what was asked for
 */
public record CapturedPage(
    List<CapturedImage> images,
    String finalUrl,
    @Nullable Integer status,
    String title,
    List<StepTiming> steps,
    List<Warning> warnings) {

  public CapturedPage {
    images = List.copyOf(images);
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /** The first image. */
  public CapturedImage image() {
    return images.get(0);
  }
}
