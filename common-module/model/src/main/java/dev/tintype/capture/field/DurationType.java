package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.Optional;

/** A length of time, as {@link Durations} spells it. A bare number has no unit and is refused. */
record DurationType(Duration min, Duration max) implements FieldType.Scalar<Duration> {
  @Override
  public Optional<Duration> parse(JsonNode node) {
    return node.isTextual()
        ? Durations.parse(node.textValue())
            .filter(time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0)
        : Optional.empty();
  }

  @Override
  public JsonNode write(Duration value) {
    return TextNode.valueOf(Durations.spell(value));
  }

  @Override
  public JsonNode spelled(String text) {
    return TextNode.valueOf(text);
  }

  @Override
  public String allowed() {
    return "a duration from %s to %s with its unit, such as \"1500ms\", \"30s\" or \"2m\""
        .formatted(Durations.spell(min), Durations.spell(max));
  }

  @Override
  public ObjectNode schema() {
    return Schema.ofType("string").put("pattern", Durations.PATTERN);
  }
}
