package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/** Yes or no. */
record FlagType() implements FieldType.Scalar<Boolean> {
  @Override
  public Optional<Boolean> parse(JsonNode node) {
    return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
  }

  @Override
  public JsonNode write(Boolean value) {
    return BooleanNode.valueOf(value);
  }

  /** A parameter without a value means yes: {@code ?fullPage}. */
  @Override
  public JsonNode spelled(String text) {
    return switch (text) {
      case "true", "" -> BooleanNode.TRUE;
      case "false" -> BooleanNode.FALSE;
      default -> TextNode.valueOf(text);
    };
  }

  @Override
  public String allowed() {
    return "true or false";
  }

  @Override
  public ObjectNode schema() {
    return Schema.ofType("boolean");
  }
}
