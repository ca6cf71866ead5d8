package dev.tintype.redis.stored;

import dev.tintype.capture.Format.ImageType;
import dev.tintype.job.CaptureResult;
import dev.tintype.job.CaptureResult.Image;
import dev.tintype.job.CaptureResult.StepTiming;
import dev.tintype.job.CaptureResult.Warning;
import dev.tintype.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A result as it is stored in a job's hash. The first image is a field of its own, as it was when a
 * job had only one: processes of both ages read each other's results.
 *
 * @param moreImages the others; null if there are none
 */
public record StoredResult(
    StoredImage image,
    @Nullable List<StoredImage> moreImages,
    String finalUrl,
    @Nullable Integer status,
    String title,
    List<StepTiming> steps,
    List<Warning> warnings) {

  public static String write(CaptureResult result) {
    List<StoredImage> images = result.images().stream().map(StoredImage::of).toList();
    return Json.write(
        new StoredResult(
            images.get(0),
            images.size() == 1 ? null : images.subList(1, images.size()),
            result.finalUrl(),
            result.status(),
            result.title(),
            result.steps(),
            result.warnings()));
  }

  public static CaptureResult read(String json) {
    StoredResult stored = Json.read(json, StoredResult.class);
    List<Image> images = new ArrayList<>();
    images.add(stored.image.image());
    if (stored.moreImages != null) {
      stored.moreImages.forEach(each -> images.add(each.image()));
    }
    return new CaptureResult(
        images, stored.finalUrl, stored.status, stored.title, stored.steps, stored.warnings);
  }

  /**
   * An image.
   *
   * @param name null for {@link Image#DEFAULT_NAME}
   */
  public record StoredImage(
      @Nullable String name,
      String key,
      ImageType type,
      long bytes,
      String sha256,
      int width,
      int height) {
    static StoredImage of(Image image) {
      return new StoredImage(
          image.name().equals(Image.DEFAULT_NAME) ? null : image.name(),
          image.key(),
          image.type(),
          image.bytes(),
          image.sha256(),
          image.width(),
          image.height());
    }

    Image image() {
      return new Image(
          Objects.requireNonNullElse(name, Image.DEFAULT_NAME),
          key,
          type,
          bytes,
          sha256,
          width,
          height);
    }
  }
}
