package dev.tintype.capture.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"1500ms,PT1.5S", "30s,PT30S", "2m,PT2M", "1h,PT1H", "PT90S,PT90S", "0s,PT0S"})
  void durationsAreReadAsPeopleWriteThem(String text, Duration time) {
    assertThat(Durations.parse(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "30 s", "-1s", "s", "9999999999s", "1.5s"})
  void anythingElseIsNoDuration(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1500ms", "30s", "90s", "2m", "1h", "0s"})
  void spellingIsTheReverseOfReading(String text) {
    assertThat(Durations.spell(Durations.parse(text).orElseThrow())).isEqualTo(text);
  }
}
