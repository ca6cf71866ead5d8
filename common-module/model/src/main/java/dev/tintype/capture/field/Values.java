package dev.tintype.capture.field;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that differ from their defaults, with their values. Immutable; equal requests have
 * equal values, however they were written.
 */
public final class Values {
  public static final Values NONE = new Values(Map.of());

  private final Map<Field<?>, Object> values;

  private Values(Map<Field<?>, Object> values) {
    this.values = values;
  }

  /** The same with one field set. */
  public <T> Values with(Field<T> field, T value) {
    Map<Field<?>, Object> copy = new HashMap<>(values);
    if (field.defaultValue().filter(value::equals).isPresent()) {
      copy.remove(field);
    } else {
      copy.put(field, value);
    }
    return new Values(copy);
  }

  /** The same with one field set; null leaves the field not set. */
  public <T> Values withOrWithout(Field<T> field, @Nullable T value) {
    if (value != null) {
      return with(field, value);
    }
    Map<Field<?>, Object> copy = new HashMap<>(values);
    copy.remove(field);
    return new Values(copy);
  }

  /** Only those of the fields. */
  public Values only(Collection<Field<?>> fields) {
    Map<Field<?>, Object> copy = new HashMap<>(values);
    copy.keySet().retainAll(Set.copyOf(fields));
    return new Values(copy);
  }

  /**
   * The value of a field, or its default.
   *
   * @throws IllegalArgumentException if there is neither
   */
  public <T> T get(Field<T> field) {
    T value = find(field);
    if (value == null) {
      throw new IllegalArgumentException(field + " is not set and has no default");
    }
    return value;
  }

  /** The value of a field, or its default, or null. */
  @SuppressWarnings("unchecked") // Only with() puts values in, each under a field of its type.
  public <T> @Nullable T find(Field<T> field) {
    T value = (T) values.get(field);
    return value != null ? value : field.defaultValue().orElse(null);
  }

  /** Whether a field has a value other than its default. */
  public boolean has(Field<?> field) {
    return values.containsKey(field);
  }

  /** The lowest version of stored captures that can hold these values; 1 for none. */
  public int version() {
    return values.keySet().stream().mapToInt(this::version).max().orElse(1);
  }

  private <T> int version(Field<T> field) {
    return field.since(get(field));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Values more && more.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Names the fields alone: values may be secrets. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
