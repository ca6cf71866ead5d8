package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One or more of the words of an enum: a list, or a text with commas between them. Their order and
 * repetitions mean nothing.
 */
record WordSetType<E extends Enum<E>>(List<E> words) implements FieldType.Scalar<Set<E>> {
  @Override
  public Optional<Set<E>> parse(JsonNode node) {
    JsonNode list = node.isTextual() ? spelled(node.textValue()) : node;
    if (!list.isArray() || list.isEmpty()) {
      return Optional.empty();
    }
    EnumSet<E> set = EnumSet.copyOf(words);
    set.clear();
    for (JsonNode each : list) {
      Optional<E> word = word().parse(each);
      if (word.isEmpty()) {
        return Optional.empty();
      }
      set.add(word.get());
    }
    return Optional.of(Collections.unmodifiableSet(set));
  }

  @Override
  public JsonNode write(Set<E> value) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    words.stream().filter(value::contains).forEach(word -> list.add(word.toString()));
    return list;
  }

  @Override
  public JsonNode spelled(String text) {
    return spelled(List.of(text));
  }

  @Override
  public JsonNode spelled(List<String> texts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    texts.stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(String::strip)
        .forEach(list::add);
    return list;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public String allowed() {
    return "one or more of " + word().listed();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Schema.ofType("array").put("minItems", 1);
    schema.set("items", word().schema());
    return schema;
  }

  private WordType<E> word() {
    return new WordType<>(words);
  }
}
