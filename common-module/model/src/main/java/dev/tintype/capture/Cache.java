package dev.tintype.capture;

import static dev.tintype.capture.field.Types.duration;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.capture.field.Rule;
import java.time.Duration;

/** Whether identical captures may share an image. */
public final class Cache {
  public static final Field<Duration> MAX_AGE =
      Field.at("/cache/maxAge", "cacheMaxAge", duration(Duration.ZERO, Duration.ofDays(7)))
          .describedAs(
              "Maximum age of an identical capture to reuse; only captures that set this field"
                  + " share their images.");

  static final OptionGroup GROUP =
      OptionGroup.of("Cache", MAX_AGE)
          .under(
              Rule.excludes(
                  MAX_AGE,
                  JobWebhook.URL,
                  "cannot be combined with {1}, because a reused image would not trigger the"
                      + " webhook; remove one of the two, or create an endpoint, which receives"
                      + " every job"));

  private Cache() {}
}
