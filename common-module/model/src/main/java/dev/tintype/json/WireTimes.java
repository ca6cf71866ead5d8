package dev.tintype.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as clients send and receive them: durations such as {@code 30s} and {@code 1500ms},
 * instants of RFC 3339 that always have milliseconds, so that they sort as text.
 */
final class WireTimes extends SimpleModule {
  private static final long serialVersionUID = 1;

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  WireTimes() {
    super("wire times");
    addSerializer(new DurationText());
    addSerializer(new InstantText());
  }

  private static final class DurationText extends StdSerializer<Duration> {
    private static final long serialVersionUID = 1;

    DurationText() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration time, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      long millis = time.toMillis();
      json.writeString(millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms");
    }
  }

  private static final class InstantText extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantText() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant time, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(INSTANT.format(time));
    }
  }
}
