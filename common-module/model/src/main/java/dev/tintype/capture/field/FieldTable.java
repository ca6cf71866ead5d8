package dev.tintype.capture.field;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All fields of a kind of request, in the order of the documentation. Immutable. */
public final class FieldTable {
  private final List<OptionGroup> groups;
  private final List<Field<?>> fields;
  private final NameAdvice advice;
  private final Map<String, Field<?>> byPointer = new HashMap<>();
  private final Map<String, Field<?>> byQuery = new HashMap<>();

  private FieldTable(List<OptionGroup> groups, NameAdvice advice) {
    this.groups = groups;
    this.advice = advice;
    this.fields = groups.stream().<Field<?>>flatMap(group -> group.fields().stream()).toList();
    for (Field<?> field : fields) {
      if (byPointer.put(field.pointer(), field) != null) {
        throw new IllegalArgumentException("two fields are at " + field);
      }
      if (field.query().map(name -> byQuery.put(name, field)).isPresent()) {
        throw new IllegalArgumentException("two fields have the query name of " + field);
      }
    }
  }

  public static FieldTable of(OptionGroup... groups) {
    return new FieldTable(List.of(groups), NameAdvice.NONE);
  }

  /** The same with advice about names that it does not have. */
  public FieldTable advisedBy(NameAdvice names) {
    return new FieldTable(groups, names);
  }

  public List<OptionGroup> groups() {
    return groups;
  }

  public List<Field<?>> fields() {
    return fields;
  }

  /** The highest version of stored captures that any value of any field needs. */
  public int version() {
    return fields.stream().mapToInt(Field::latest).max().orElse(1);
  }

  /** The field at a JSON pointer of a body. */
  public Optional<Field<?>> at(String pointer) {
    return Optional.ofNullable(byPointer.get(pointer));
  }

  /** The field of a name as a query parameter. */
  public Optional<Field<?>> ofQuery(String name) {
    return Optional.ofNullable(byQuery.get(name));
  }

  /** The values as a canonical body: only what differs from its default, in the table's order. */
  public ObjectNode write(Values values) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (Field<?> field : fields) {
      if (values.has(field)) {
        put(body, field, written(field, values));
      }
    }
    return body;
  }

  private static <T> JsonNode written(Field<T> field, Values values) {
    return field.write(values.get(field));
  }

  /** The body that sets fields to what texts of a query or a command line spell. */
  public static ObjectNode body(Map<Field<?>, List<String>> texts) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    texts.forEach((field, spelled) -> put(body, field, field.spelled(spelled)));
    return body;
  }

  /** Puts a value into the place that a field has in a body. */
  public static void put(ObjectNode body, Field<?> field, JsonNode value) {
    JsonPointer pointer = JsonPointer.compile(field.pointer());
    ObjectNode parent = pointer.head().matches() ? body : body.withObject(pointer.head());
    parent.set(pointer.last().getMatchingProperty(), value);
  }

  /** The body with a field's value in the field's own place, where it stood for its whole group. */
  public ObjectNode spelledOut(ObjectNode body) {
    List<Field<?>> shortened =
        fields.stream()
            .filter(field -> field.shorthand().filter(at -> body.at(at).isTextual()).isPresent())
            .toList();
    if (shortened.isEmpty()) {
      return body;
    }
    ObjectNode spelledOut = body.deepCopy();
    for (Field<?> field : shortened) {
      String group = field.shorthand().orElseThrow();
      JsonNode value = spelledOut.remove(group.substring(1));
      put(spelledOut, field, value);
    }
    return spelledOut;
  }

  /** Whether there are fields below a JSON pointer. */
  boolean isGroup(String pointer) {
    return fields.stream().anyMatch(field -> field.pointer().startsWith(pointer + "/"));
  }

  /** The names that an object at a JSON pointer may hold. */
  public List<String> namesIn(String group) {
    return fields.stream()
        .filter(field -> field.pointer().startsWith(group + "/"))
        .map(field -> field.pointer().substring(group.length() + 1).replaceFirst("/.*", ""))
        .distinct()
        .toList();
  }

  /** The names of all query parameters. */
  public List<String> queryNames() {
    return fields.stream().flatMap(field -> field.query().stream()).toList();
  }

  /** An error of a body in the words of another place, where its fields were written. */
  public FieldError renamed(FieldError error, Place place) {
    String name = error.name();
    for (Field<?> field : fields) {
      if (name.equals(field.pointer()) || name.startsWith(field.pointer() + "/")) {
        name = place.nameOf(field);
      }
    }
    return new FieldError(
        name.equals(error.name()) ? error.place() : place,
        name,
        renamed(error.detail(), place),
        error.conflictsWith().stream().map(other -> renamed(other, place)).toList());
  }

  private String renamed(String text, Place place) {
    String renamed = text;
    for (Field<?> field : fields) {
      String pointer = "(?<![\\w/.])" + Pattern.quote(field.pointer()) + "(?![\\w/])";
      renamed = renamed.replaceAll(pointer, Matcher.quoteReplacement(place.nameOf(field)));
    }
    return renamed;
  }

  /**
   * What to say about a name that is no field.
   *
   * @param known the names that are known where it stood
   */
  String aboutUnknown(String name, List<String> known, Place place) {
    return advice.about(name, place).orElseGet(() -> "is unknown; " + guess(name, known, place));
  }

  private String guess(String name, List<String> known, Place place) {
    // A field that is known, but at another place, is the likeliest mistake of all.
    return fields.stream()
        .filter(
            field -> field.pointer().endsWith("/" + name) || name.equals(field.query().orElse("")))
        .findFirst()
        .map(field -> "did you mean " + place.nameOf(field) + "?")
        .or(() -> NearestName.of(name, known).map(near -> "did you mean " + near + "?"))
        .orElse("known are " + String.join(", ", known));
  }
}
