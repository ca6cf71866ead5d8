package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Texts under names of the caller's choice. Their order means nothing. */
record MapType(FieldType<String> value, int maxEntries) implements FieldType<Map<String, String>> {
  @Override
  public Optional<Map<String, String>> read(JsonNode node, Faults faults) {
    if (!node.isObject() || node.isEmpty()) {
      faults.refuse(allowed(), node);
      return Optional.empty();
    }
    if (node.size() > maxEntries) {
      faults.add("must be " + allowed() + " (got " + node.size() + ")");
      return Optional.empty();
    }
    Map<String, String> values = new TreeMap<>();
    for (var entry : node.properties()) {
      value
          .read(entry.getValue(), faults.at(entry.getKey()))
          .ifPresent(text -> values.put(entry.getKey(), text));
    }
    return values.size() == node.size()
        ? Optional.of(Collections.unmodifiableMap(values))
        : Optional.empty();
  }

  @Override
  public JsonNode write(Map<String, String> values) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(values).forEach((name, text) -> object.set(name, value.write(text)));
    return object;
  }

  /** Each text is an entry: {@code name=value}. */
  @Override
  public JsonNode spelled(List<String> texts) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (String text : texts) {
      int end = text.indexOf('=');
      if (end < 1) {
        return TextNode.valueOf(text);
      }
      object.set(text.substring(0, end), value.spelled(List.of(text.substring(end + 1))));
    }
    return object;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public String allowed() {
    return "1 to " + maxEntries + " names, each with " + value.allowed();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema =
        Schema.ofType("object").put("minProperties", 1).put("maxProperties", maxEntries);
    schema.set("additionalProperties", value.schema());
    return schema;
  }
}
