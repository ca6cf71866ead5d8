package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One of the words of an enum. */
record WordType<E extends Enum<E>>(List<E> words) implements FieldType.Scalar<E> {
  @Override
  public Optional<E> parse(JsonNode node) {
    return words.stream().filter(word -> word.toString().equals(node.textValue())).findFirst();
  }

  @Override
  public JsonNode write(E value) {
    return TextNode.valueOf(value.toString());
  }

  @Override
  public JsonNode spelled(String text) {
    return TextNode.valueOf(text);
  }

  @Override
  public String allowed() {
    return "one of " + listed();
  }

  String listed() {
    return words.stream().map(Enum::toString).collect(Collectors.joining(", "));
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Schema.ofType("string");
    ArrayNode choices = schema.putArray("enum");
    words.forEach(word -> choices.add(word.toString()));
    return schema;
  }
}
