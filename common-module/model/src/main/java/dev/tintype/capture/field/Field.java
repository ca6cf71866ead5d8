package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A field of a request: its place in the JSON body, its name as a query parameter and (in
 * kebab-case) as a flag, what it may hold, and its default. A value that equals the default counts
 * as not given. Constants; equal only to themselves.
 *
 * @param <T> the values
 */
public final class Field<T> {
  private final String pointer;
  private final @Nullable String query;
  private final @Nullable String shorthand;
  private final FieldType<T> type;
  private final @Nullable T defaultValue;
  private final String description;
  private final int since;
  private final @Nullable Newer<T> newer;

  private record Newer<T>(int since, Predicate<T> values) {}

  private Field(
      String pointer,
      @Nullable String query,
      @Nullable String shorthand,
      FieldType<T> type,
      @Nullable T defaultValue,
      String description,
      int since,
      @Nullable Newer<T> newer) {
    this.pointer = pointer;
    this.query = query;
    this.shorthand = shorthand;
    this.type = type;
    this.defaultValue = defaultValue;
    this.description = description;
    this.since = since;
    this.newer = newer;
  }

  /**
   * A field that a body, a query and a command line may hold.
   *
   * @param pointer JSON pointer in the body
   * @param query name as a query parameter, in camelCase
   */
  public static <T> Field<T> at(String pointer, String query, FieldType<T> type) {
    return new Field<>(pointer, query, null, type, null, "", 1, null);
  }

  /**
   * A field that only a body may hold, because it is a secret or too large for an address. Errors
   * never repeat its value.
   */
  public static <T> Field<T> inBody(String pointer, FieldType<T> type) {
    return new Field<>(pointer, null, null, type, null, "", 1, null);
  }

  /**
   * The same, which may also be written as the text that stands in place of its group.
   *
   * @param group JSON pointer of the group
   */
  public Field<T> alsoAt(String group) {
    return new Field<>(pointer, query, group, type, defaultValue, description, since, newer);
  }

  /** The same with a default. */
  public Field<T> byDefault(T value) {
    return new Field<>(pointer, query, shorthand, type, value, description, since, newer);
  }

  /** The same with a description: sentences, of which the first begins with a noun. */
  public Field<T> describedAs(String words) {
    return new Field<>(pointer, query, shorthand, type, defaultValue, words, since, newer);
  }

  /** The same, known only to builds that understand this version of stored captures. */
  public Field<T> since(int version) {
    return new Field<>(pointer, query, shorthand, type, defaultValue, description, version, newer);
  }

  /** The same, some of whose values are known only since a version of stored captures. */
  public Field<T> since(int version, Predicate<T> values) {
    return new Field<>(
        pointer,
        query,
        shorthand,
        type,
        defaultValue,
        description,
        since,
        new Newer<>(version, values));
  }

  /** JSON pointer in the body. */
  public String pointer() {
    return pointer;
  }

  /** The name as a query parameter, in camelCase; empty if only a body may hold the field. */
  public Optional<String> query() {
    return Optional.ofNullable(query);
  }

  /** JSON pointer of the group in whose place the value may stand as a text. */
  Optional<String> shorthand() {
    return Optional.ofNullable(shorthand);
  }

  /** The name as a flag, without the dashes. */
  public Optional<String> flag() {
    return query().map(Field::kebabCase);
  }

  /** A camelCase name as a flag, without the dashes. */
  public static String kebabCase(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  public FieldType<T> type() {
    return type;
  }

  public String description() {
    return description;
  }

  public Optional<T> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /** The default as people write it. */
  public Optional<String> defaultText() {
    return defaultValue()
        .map(type::write)
        .map(json -> json.isValueNode() ? json.asText() : json.toString());
  }

  /** Completes the sentence "must be ...". */
  public String allowed() {
    return type.allowed();
  }

  /** Whether the field is a yes or no, so that a flag needs no value. */
  public boolean isFlag() {
    return type instanceof FlagType;
  }

  public boolean isRepeatable() {
    return type.isRepeatable();
  }

  /** The version of stored captures in which this value can be stored first. */
  int since(T value) {
    return newer != null && newer.values().test(value) ? newer.since() : since;
  }

  /** The highest version of stored captures that any of the values needs. */
  int latest() {
    return newer == null ? since : Math.max(since, newer.since());
  }

  Optional<T> read(JsonNode node, Faults faults) {
    return type.read(node, faults);
  }

  /** The JSON value that texts of a query or a command line spell. */
  public JsonNode spelled(List<String> texts) {
    return type.spelled(texts);
  }

  /** A value as canonical JSON. */
  public JsonNode write(T value) {
    return type.write(value);
  }

  @Override
  public String toString() {
    return pointer;
  }
}
