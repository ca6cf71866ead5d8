package dev.tintype.job;

import dev.tintype.capture.CaptureSpec.ImageType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a successful capture found.
 *
 * @param finalUrl address after redirects; {@code about:blank} for inline html
 * @param status HTTP status of the page; null for inline html
 * @param steps how long each step took, in the order of the capture
 * @param warnings what is not as it was asked for; empty when all is well
 */
public record CaptureResult(
    Image image,
    String finalUrl,
    @Nullable Integer status,
    String title,
    List<StepTiming> steps,
    List<Warning> warnings) {

  public CaptureResult {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /**
   * The stored image.
   *
   * @param key its name in the image store
   * @param bytes size of the file
   * @param sha256 of the file, 64 lower-case hex digits
   * @param width device pixels
   * @param height device pixels
   */
  public record Image(
      String key, ImageType type, long bytes, String sha256, int width, int height) {}

  public record StepTiming(String step, Duration took) {}

  /**
   * Something that is not as it was asked for.
   *
   * @param code a stable word for programs
   * @param message what happened and within which limit, for people
   */
  public record Warning(String code, String message) {}
}
