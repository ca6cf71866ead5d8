package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Optional;

/** Text of 1 to {@code maxLength} characters, not blank. */
record TextType(int maxLength) implements FieldType.Scalar<String> {
  @Override
  public Optional<String> parse(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank() && node.textValue().length() <= maxLength
        ? Optional.of(node.textValue())
        : Optional.empty();
  }

  @Override
  public JsonNode write(String value) {
    return TextNode.valueOf(value);
  }

  @Override
  public JsonNode spelled(String text) {
    return TextNode.valueOf(text);
  }

  @Override
  public String allowed() {
    return String.format(Locale.ROOT, "text of 1 to %,d characters", maxLength);
  }

  @Override
  public ObjectNode schema() {
    return Schema.ofType("string")
        .put("minLength", 1)
        .put("maxLength", maxLength)
        .put("pattern", "\\S");
  }
}
