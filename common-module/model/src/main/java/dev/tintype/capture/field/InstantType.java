package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A point in time, as RFC 3339 spells it. */
record InstantType() implements FieldType.Scalar<Instant> {
  // RFC 3339 has four digits for the year.
  private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

  @Override
  public Optional<Instant> parse(JsonNode node) {
    try {
      return node.isTextual()
          ? Optional.of(OffsetDateTime.parse(node.textValue()).toInstant())
              .filter(instant -> !instant.isBefore(Instant.EPOCH) && instant.isBefore(END))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public JsonNode write(Instant value) {
    return TextNode.valueOf(value.toString());
  }

  @Override
  public JsonNode spelled(String text) {
    return TextNode.valueOf(text);
  }

  @Override
  public String allowed() {
    return "a time from 1970 to 9999 with its offset, such as \"2030-01-31T18:00:00Z\" or"
        + " \"2030-01-31T19:00:00+01:00\"";
  }

  @Override
  public ObjectNode schema() {
    return Schema.ofType("string").put("format", "date-time");
  }
}
