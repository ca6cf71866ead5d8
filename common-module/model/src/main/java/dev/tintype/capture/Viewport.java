package dev.tintype.capture;

import static dev.tintype.capture.field.Types.decimal;
import static dev.tintype.capture.field.Types.whole;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.capture.field.Values;

/**
 * The window in which the page is laid out.
 *
 * @param width CSS pixels
 * @param height CSS pixels
 * @param deviceScaleFactor device pixels per CSS pixel
 */
public record Viewport(int width, int height, double deviceScaleFactor) {
  public static final Field<Integer> WIDTH =
      Field.at("/viewport/width", "width", whole(1, 8192))
          .byDefault(1280)
          .describedAs("Width of the viewport in CSS pixels.");

  public static final Field<Integer> HEIGHT =
      Field.at("/viewport/height", "height", whole(1, 8192))
          .byDefault(800)
          .describedAs("Height of the viewport in CSS pixels.");

  public static final Field<Double> DEVICE_SCALE_FACTOR =
      Field.at("/viewport/deviceScaleFactor", "deviceScaleFactor", decimal(0.5, 4))
          .byDefault(1.0)
          .describedAs(
              "Device pixels per CSS pixel; 2 gives a sharp image on high-density screens.");

  static final OptionGroup GROUP = OptionGroup.of("Viewport", WIDTH, HEIGHT, DEVICE_SCALE_FACTOR);

  static Viewport of(Values values) {
    return new Viewport(values.get(WIDTH), values.get(HEIGHT), values.get(DEVICE_SCALE_FACTOR));
  }
}
