package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An object with named parts. */
public record ObjectType<T>(List<Part<T, ?>> parts, Function<ObjectType.Parts, T> maker)
    implements FieldType<T> {

  public ObjectType {
    parts = List.copyOf(parts);
  }

  /**
   * One part of an object.
   *
   * @param <T> the objects
   * @param <V> the values of the part
   * @param getter reads the part of an object; null only if it is optional
   */
  public record Part<T, V>(
      String name, FieldType<V> type, boolean isRequired, Function<T, @Nullable V> getter) {
    public static <T, V> Part<T, V> of(
        String name, FieldType<V> type, Function<T, @Nullable V> getter) {
      return new Part<>(name, type, true, getter);
    }

    public Part<T, V> optional() {
      return new Part<>(name, type, false, getter);
    }

    private Optional<JsonNode> written(T object) {
      return Optional.ofNullable(getter.apply(object)).map(type::write);
    }
  }

  /** The parts of one object that was read. */
  public static final class Parts {
    private final Map<Part<?, ?>, Object> values = new HashMap<>();

    /** The value of a part that is required. */
    public <V> V get(Part<?, V> part) {
      V value = find(part);
      if (value == null) {
        throw new IllegalArgumentException(part.name() + " is missing");
      }
      return value;
    }

    @SuppressWarnings("unchecked") // read() puts each value under a part of its type.
    public <V> @Nullable V find(Part<?, V> part) {
      return (V) values.get(part);
    }
  }

  @Override
  public Optional<T> read(JsonNode node, Faults faults) {
    if (!node.isObject()) {
      faults.refuse(allowed(), node);
      return Optional.empty();
    }
    boolean isWhole = true;
    for (var property : node.properties()) {
      if (parts.stream().noneMatch(part -> part.name().equals(property.getKey()))) {
        faults.at(property.getKey()).add("is unknown; known are " + names());
        isWhole = false;
      }
    }
    Parts read = new Parts();
    for (Part<T, ?> part : parts) {
      JsonNode value = node.path(part.name());
      if (value.isMissingNode() || value.isNull()) {
        if (part.isRequired()) {
          faults.at(part.name()).add("is missing; it must be " + part.type().allowed());
          isWhole = false;
        }
        continue;
      }
      Optional<?> known = part.type().read(value, faults.at(part.name()));
      known.ifPresent(it -> read.values.put(part, it));
      isWhole &= known.isPresent();
    }
    return isWhole ? Optional.of(maker.apply(read)) : Optional.empty();
  }

  @Override
  public JsonNode write(T value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Part<T, ?> part : parts) {
      part.written(value).ifPresent(json -> object.set(part.name(), json));
    }
    return object;
  }

  @Override
  public JsonNode spelled(List<String> texts) {
    String text = texts.get(texts.size() - 1);
    String[] values = text.split(",", -1);
    if (values.length > parts.size()) {
      return TextNode.valueOf(text);
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < values.length; i++) {
      object.set(parts.get(i).name(), parts.get(i).type().spelled(List.of(values[i].strip())));
    }
    return object;
  }

  @Override
  public String allowed() {
    return "an object of " + names();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Schema.ofType("object").put("additionalProperties", false);
    var required = schema.putArray("required");
    ObjectNode properties = schema.putObject("properties");
    for (Part<T, ?> part : parts) {
      properties.set(part.name(), part.type().schema());
      if (part.isRequired()) {
        required.add(part.name());
      }
    }
    return schema;
  }

  private String names() {
    return parts.stream()
        .map(part -> part.isRequired() ? part.name() : part.name() + " (optional)")
        .collect(Collectors.joining(", "));
  }
}
