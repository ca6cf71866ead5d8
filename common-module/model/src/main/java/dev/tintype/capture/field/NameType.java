package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** A name in a narrow alphabet. */
record NameType(Pattern form, String allowed) implements FieldType.Scalar<String> {
  @Override
  public Optional<String> parse(JsonNode node) {
    return node.isTextual() && form.matcher(node.textValue()).matches()
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
  public ObjectNode schema() {
    return Schema.ofType("string").put("pattern", "^" + form.pattern() + "$");
  }
}
