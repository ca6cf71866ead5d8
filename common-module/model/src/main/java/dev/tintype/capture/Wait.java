package dev.tintype.capture;

import static dev.tintype.capture.field.Types.duration;
import static dev.tintype.capture.field.Types.text;
import static dev.tintype.capture.field.Types.word;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.capture.field.Values;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When the page counts as ready.
 *
 * @param selector CSS selector of an element that must be visible first, or null
 * @param delay pause after all other waits
 */
public record Wait(WaitUntil until, @Nullable String selector, Duration delay) {
  public static final Field<WaitUntil> UNTIL =
      Field.at("/wait/until", "until", word(WaitUntil.class))
          .byDefault(WaitUntil.AUTO)
          .describedAs(
              "Event to wait for; auto waits for load, fonts, visible images and a stable layout,"
                  + " each with its own limit.");

  public static final Field<String> SELECTOR =
      Field.at("/wait/selector", "waitFor", text(1024))
          .describedAs("CSS selector of an element to wait for until it is visible.");

  public static final Field<Duration> DELAY =
      Field.at("/wait/delay", "delay", duration(Duration.ZERO, Duration.ofSeconds(60)))
          .byDefault(Duration.ZERO)
          .describedAs("Extra pause after all other waits.");

  static final OptionGroup GROUP = OptionGroup.of("Wait", UNTIL, SELECTOR, DELAY);

  static Wait of(Values values) {
    return new Wait(values.get(UNTIL), values.find(SELECTOR), values.get(DELAY));
  }

  /**
   * The page's own event to wait for. {@link #AUTO} is load, then fonts, images in view and a
   * stable layout, each with its own limit.
   */
  public enum WaitUntil {
    AUTO,
    COMMIT,
    DOMCONTENTLOADED,
    LOAD,
    NETWORKIDLE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
