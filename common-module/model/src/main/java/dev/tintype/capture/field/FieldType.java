package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What a field may hold: how a value is read from JSON and from text, written as JSON, described to
 * people and described to machines. {@link Types} has them all.
 *
 * @param <T> immutable, with {@code equals}
 */
public interface FieldType<T> {
  /** The value; empty, and the reasons are in {@code faults}, if it is not allowed. */
  Optional<T> read(JsonNode node, Faults faults);

  /** The value as canonical JSON: equal values give equal JSON. */
  JsonNode write(T value);

  /**
   * The JSON value that texts of a query or a command line spell. Text that spells nothing stays
   * text, and {@link #read} refuses it.
   *
   * @param texts one, or several if the type {@link #isRepeatable}
   */
  JsonNode spelled(List<String> texts);

  /** Whether a parameter or a flag may be given more than once. */
  default boolean isRepeatable() {
    return false;
  }

  /** Completes the sentence "must be ...". */
  String allowed();

  /** JSON Schema of the values. */
  ObjectNode schema();

  /** A type without parts: a value is right or wrong as a whole. */
  interface Scalar<T> extends FieldType<T> {
    /** The value, if it is allowed. */
    Optional<T> parse(JsonNode node);

    /** The JSON value that a text spells. */
    JsonNode spelled(String text);

    @Override
    default JsonNode spelled(List<String> texts) {
      return spelled(texts.get(texts.size() - 1));
    }

    @Override
    default Optional<T> read(JsonNode node, Faults faults) {
      Optional<T> value = parse(node);
      if (value.isEmpty()) {
        faults.refuse(allowed(), node);
      }
      return value;
    }
  }
}
