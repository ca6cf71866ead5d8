package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of 1 to {@code maxItems} values; in a body, one value alone is a list of one. */
record ListType<T>(FieldType<T> item, int maxItems) implements FieldType<List<T>> {
  @Override
  public Optional<List<T>> read(JsonNode node, Faults faults) {
    if (!node.isArray()) {
      return item.read(node, faults).map(List::of);
    }
    if (node.isEmpty() || node.size() > maxItems) {
      faults.add("must be " + allowed() + " (got " + node.size() + " values)");
      return Optional.empty();
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      item.read(node.get(i), faults.at(Integer.toString(i))).ifPresent(values::add);
    }
    return values.size() == node.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  @Override
  public JsonNode write(List<T> value) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    value.forEach(each -> list.add(item.write(each)));
    return list;
  }

  /** Each text is one value: what is in a selector or a pattern may be a comma. */
  @Override
  public JsonNode spelled(List<String> texts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    texts.forEach(text -> list.add(item.spelled(List.of(text))));
    return list;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public String allowed() {
    return "a list of 1 to " + maxItems + ", each " + item.allowed();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Schema.ofType("array").put("minItems", 1).put("maxItems", maxItems);
    schema.set("items", item.schema());
    return schema;
  }
}
