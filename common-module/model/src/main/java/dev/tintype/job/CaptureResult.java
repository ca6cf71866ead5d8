package dev.tintype.job;

import dev.tintype.capture.Format.ImageType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Result of a successful capture.
 *
 * @param images stored images, 1 to {@value #MAX_IMAGES}, each with a name of its own; the first is
 *     the one that was asked for
 * @param finalUrl address after redirects; {@code about:blank} for inline HTML
 * @param status HTTP status of the page; null for inline HTML
 * @param steps duration of each step, in the order of the capture
 * @param warnings deviations from what was asked for; empty when there are none
 */
public record CaptureResult(
    List<Image> images,
    String finalUrl,
    @Nullable Integer status,
    String title,
    List<StepTiming> steps,
    List<Warning> warnings) {
  /** A page of 65,536 pixels in slices of 256 has as many. */
  public static final int MAX_IMAGES = 256;

  public CaptureResult {
    images = List.copyOf(images);
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
    long names = images.stream().map(Image::name).distinct().count();
    if (images.isEmpty() || images.size() > MAX_IMAGES || names < images.size()) {
      throw new IllegalArgumentException(
          "%d images with %d names; allowed are 1 to %d images with different names"
              .formatted(images.size(), names, MAX_IMAGES));
    }
  }

  /** The first image. */
  public Image image() {
    return images.get(0);
  }

  /** The image of that name. */
  public Optional<Image> image(String name) {
    return images.stream().filter(image -> image.name().equals(name)).findFirst();
  }

  /** Size of all images in bytes. */
  public long bytes() {
    return images.stream().mapToLong(Image::bytes).sum();
  }

  /**
   * A stored image.
   *
   * @param name unique within the job: 1 to 64 lower-case letters, digits, dots, dashes and
   *     underscores; part of the image's address
   * @param key of the image store
   * @param bytes size of the file
   * @param sha256 of the file, 64 lower-case hex digits
   * @param width in device pixels
   * @param height in device pixels
   */
  public record Image(
      String name, String key, ImageType type, long bytes, String sha256, int width, int height) {
    /** Name of the only image of most jobs. */
    public static final String DEFAULT_NAME = "image";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    public Image {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "\"" + name + "\" is not a name of an image; allowed is " + NAME.pattern());
      }
    }
  }

  public record StepTiming(String step, Duration took) {}

  /**
   * A deviation from what was asked for.
   *
   * @param code a stable word for programs
   * @param message what happened and within which limit, for people
   */
  public record Warning(String code, String message) {}
}
