package dev.tintype.capture;

import static dev.tintype.capture.field.Types.whole;
import static dev.tintype.capture.field.Types.word;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.capture.field.Rule;
import dev.tintype.capture.field.Rule.Violation;
import dev.tintype.capture.field.Values;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The image file.
 *
 * @param quality 1 to 100 for jpeg and webp; null for png
 */
public record Format(ImageType type, Compression compression, @Nullable Integer quality) {
  public static final Field<ImageType> TYPE =
      Field.at("/format/type", "format", word(ImageType.class))
          .alsoAt("/format")
          .byDefault(ImageType.PNG)
          .describedAs("Format of the image.");

  public static final Field<Compression> COMPRESSION =
      Field.at("/format/compression", "compression", word(Compression.class))
          .byDefault(Compression.FAST)
          .describedAs(
              "Compression of a png: fast takes half the time, at about a third more bytes.");

  public static final Field<Integer> QUALITY =
      Field.at("/format/quality", "quality", whole(1, 100))
          .byDefault(80)
          .describedAs("Quality of a jpeg or webp.");

  // The largest side that the encoders of these formats can write.
  private static final Map<ImageType, Integer> MAX_SIDE =
      Map.of(ImageType.WEBP, 16_383, ImageType.JPEG, 65_500);

  static final OptionGroup GROUP =
      OptionGroup.of("Format", TYPE, COMPRESSION, QUALITY)
          .under(
              Rule.onlyWith(COMPRESSION, TYPE, Set.of(ImageType.PNG)),
              Rule.onlyWith(QUALITY, TYPE, Set.of(ImageType.JPEG, ImageType.WEBP)),
              sideFits(Viewport.WIDTH),
              sideFits(Viewport.HEIGHT));

  static Format of(Values values) {
    ImageType type = values.get(TYPE);
    return new Format(
        type, values.get(COMPRESSION), type == ImageType.PNG ? null : values.get(QUALITY));
  }

  private static Rule sideFits(Field<Integer> side) {
    return Rule.check(
        values -> {
          ImageType type = values.get(TYPE);
          double pixels = values.get(side) * values.get(Viewport.DEVICE_SCALE_FACTOR);
          return pixels <= MAX_SIDE.getOrDefault(type, Integer.MAX_VALUE)
              ? Optional.empty()
              : Optional.of(
                  Violation.of(
                      side,
                      "makes an image of %.0f device pixels with {1}; %s ({2}) holds up to %d"
                          .formatted(pixels, type, MAX_SIDE.get(type)),
                      Viewport.DEVICE_SCALE_FACTOR,
                      TYPE));
        },
        side,
        Viewport.DEVICE_SCALE_FACTOR,
        TYPE);
  }

  /** The image formats. */
  public enum ImageType {
    PNG,
    JPEG,
    WEBP;

    public String mediaType() {
      return "image/" + this;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How hard a PNG is compressed. Fast halves the time of the shot for about a third more bytes.
   */
  public enum Compression {
    FAST,
    SMALL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
