package dev.tintype.capture;

import static dev.tintype.capture.field.Types.duration;
import static dev.tintype.capture.field.Types.whole;
import static dev.tintype.capture.field.Types.word;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.capture.field.Values;
import java.time.Duration;
import java.util.Locale;

/**
 * What the capture may cost.
 *
 * @param timeout of an attempt, from the moment a browser starts it
 * @param maxAttempts after how many failed attempts the job fails; 1 for no retry
 */
public record Limits(Duration timeout, OnTimeout onTimeout, int maxAttempts) {
  public static final Field<Duration> TIMEOUT =
      Field.at(
              "/limits/timeout", "timeout", duration(Duration.ofSeconds(1), Duration.ofMinutes(10)))
          .byDefault(Duration.ofSeconds(60))
          .describedAs(
              "Time limit of an attempt from the moment a browser starts it; time in the queue does"
                  + " not count.");

  public static final Field<OnTimeout> ON_TIMEOUT =
      Field.at("/limits/onTimeout", "onTimeout", word(OnTimeout.class))
          .byDefault(OnTimeout.CAPTURE)
          .describedAs(
              "Action when a wait exceeds the time limit: capture the page as it is, with a warning,"
                  + " or fail.");

  public static final Field<Integer> MAX_ATTEMPTS =
      Field.at("/limits/maxAttempts", "maxAttempts", whole(1, 10))
          .byDefault(3)
          .describedAs("Maximum number of attempts; 1 disables retries.");

  static final OptionGroup GROUP = OptionGroup.of("Limits", TIMEOUT, ON_TIMEOUT, MAX_ATTEMPTS);

  static Limits of(Values values) {
    return new Limits(values.get(TIMEOUT), values.get(ON_TIMEOUT), values.get(MAX_ATTEMPTS));
  }

  /** What to do when a wait exceeds the time limit but the page can be shown. */
  public enum OnTimeout {
    /** Capture the page as it is, with a warning. */
    CAPTURE,
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
