package dev.tintype.worker.capture;

import dev.tintype.job.CaptureResult.StepTiming;
import dev.tintype.job.CaptureResult.Warning;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture, with what was found on the way to it.
 *
 * @param image the encoded file, in the format that was asked for
 * @param width device pixels, as the file itself says
 * @param height device pixels, as the file itself says
 * @param finalUrl address after redirects, at most 8,192 characters; {@code about:blank} for inline
 *     html
 * @param status HTTP status of the page; null for inline html
 * @param title at most 1,024 characters
 * @param steps how long each step took, in their order
 * @param warnings what is not as it was asked for
 */
public record CapturedPage(
    Buffer image,
    int width,
    int height,
    String finalUrl,
    @Nullable Integer status,
    String title,
    List<StepTiming> steps,
    List<Warning> warnings) {

  public CapturedPage {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }
}
