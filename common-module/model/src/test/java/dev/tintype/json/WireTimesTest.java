package dev.tintype.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Times in answers and webhooks. */
class WireTimesTest {
  @Test
  void durationsHaveTheFormThatRequestsUse() {
    assertThat(
            Json.writeWire(
                List.of(
                    Duration.ofSeconds(90),
                    Duration.ofMillis(1_500),
                    Duration.ofNanos(6_811_322),
                    Duration.ZERO)))
        .isEqualTo("[\"90s\",\"1500ms\",\"6ms\",\"0s\"]");
  }

  @Test
  void instantsSortAsText() {
    List<String> texts =
        Stream.of("2030-01-31T18:00:00Z", "2030-01-31T18:00:00.120Z", "2030-01-31T18:00:01Z")
            .map(text -> Json.writeWire(Instant.parse(text)))
            .toList();

    assertThat(texts)
        .isSorted()
        .containsExactly(
            "\"2030-01-31T18:00:00.000Z\"",
            "\"2030-01-31T18:00:00.120Z\"",
            "\"2030-01-31T18:00:01.000Z\"");
  }

  @Test
  void storedTimesAreAsBefore() {
    assertThat(Json.write(List.of(Duration.ofSeconds(90), Instant.EPOCH)))
        .isEqualTo("[\"PT1M30S\",\"1970-01-01T00:00:00Z\"]");
  }
}
