package dev.tintype.capture;

import static dev.tintype.capture.field.Types.flag;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.capture.field.Values;

/**
 * The part of the page that is captured.
 *
 * @param fullPage the whole page instead of the viewport
 */
public record Area(boolean fullPage) {
  public static final Field<Boolean> FULL_PAGE =
      Field.at("/area/fullPage", "fullPage", flag())
          .byDefault(false)
          .describedAs("Whether to capture the whole page instead of the viewport.");

  static final OptionGroup GROUP = OptionGroup.of("Area", FULL_PAGE);

  static Area of(Values values) {
    return new Area(values.get(FULL_PAGE));
  }
}
