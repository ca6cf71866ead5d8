package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the fields of a table, and collects every error on the way. One instance reads once; not
 * thread-safe.
 */
public final class FieldReader {
  private final FieldTable table;
  private final Place place;
  private final List<FieldError> errors = new ArrayList<>();
  private final Set<Field<?>> faulty = new HashSet<>();
  private Values values = Values.NONE;

  /**
   * @param place where the caller wrote the fields, so that errors name them as the caller did
   */
  public FieldReader(FieldTable table, Place place) {
    this.table = table;
    this.place = place;
  }

  /** Reads what a JSON object holds. */
  public FieldReader body(ObjectNode body) {
    object("", table.spelledOut(body));
    return this;
  }

  /**
   * Reads a part of a body.
   *
   * @param group JSON pointer at which the object would stand in a body
   */
  public FieldReader group(String group, ObjectNode object) {
    object(group, object);
    return this;
  }

  /** Reads query parameters. */
  public FieldReader query(Iterable<Entry<String, String>> parameters) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (var parameter : parameters) {
      texts
          .computeIfAbsent(parameter.getKey(), name -> new ArrayList<>())
          .add(parameter.getValue());
    }
    texts.forEach(
        (name, given) ->
            table
                .ofQuery(name)
                .ifPresentOrElse(
                    field -> texts(field, given), () -> unknownParameter(name, texts)));
    return this;
  }

  private void texts(Field<?> field, List<String> given) {
    if (given.size() > 1 && !field.isRepeatable()) {
      error(field, "", "is given " + given.size() + " times; give it once");
    } else {
      value(field, field.spelled(given));
    }
  }

  private void unknownParameter(String name, Map<String, List<String>> given) {
    Optional<Field<?>> secret =
        table.fields().stream()
            .filter(field -> field.query().isEmpty())
            .filter(field -> field.pointer().substring(1).replace('/', '.').equals(name))
            .findFirst();
    String detail =
        secret.isPresent()
            ? "is allowed in a body only, because addresses end in logs"
            : table.aboutUnknown(name, table.queryNames(), place);
    boolean isAfterAddress =
        given.values().stream().anyMatch(texts -> texts.get(0).matches("(?i)https?://[^?]*\\?.*"));
    errors.add(
        FieldError.ofParameter(
            name,
            isAfterAddress && secret.isEmpty()
                ? detail
                    + "; if it is part of the page's address, encode that address, with %26 for &"
                : detail));
  }

  private void object(String at, ObjectNode object) {
    for (var property : object.properties()) {
      String pointer = at + "/" + property.getKey();
      JsonNode value = property.getValue();
      Optional<Field<?>> field = table.at(pointer);
      if (value.isNull()) {
        // Serializers write null for a value that was not set: as if it were not there.
        continue;
      }
      if (field.isPresent()) {
        value(field.get(), value);
      } else if (!table.isGroup(pointer)) {
        unknownProperty(pointer, property.getKey(), table.namesIn(at));
      } else if (value instanceof ObjectNode group) {
        object(pointer, group);
      } else {
        errors.add(
            new FieldError(
                pointer, "must be an object of " + String.join(", ", table.namesIn(pointer))));
      }
    }
  }

  private void unknownProperty(String pointer, String name, List<String> known) {
    errors.add(new FieldError(pointer, table.aboutUnknown(name, known, Place.BODY)));
  }

  private <T> void value(Field<T> field, JsonNode node) {
    boolean isSecret = field.query().isEmpty();
    field
        .read(node, new Faults(isSecret, (path, detail) -> error(field, path, detail)))
        .ifPresent(value -> values = values.with(field, value));
  }

  private void error(Field<?> field, String path, String detail) {
    faulty.add(field);
    String name = place.nameOf(field);
    errors.add(
        place == Place.BODY
            ? new FieldError(name + path, detail)
            : new FieldError(place, name, detail, List.of()));
  }

  /** Checks the rules of all groups whose fields could be read. */
  public FieldReader check() {
    for (OptionGroup group : table.groups()) {
      for (Rule rule : group.rules()) {
        if (rule.fields().stream().noneMatch(faulty::contains)) {
          rule.violation(values).ifPresent(violation -> errors.add(violation.at(place)));
        }
      }
    }
    return this;
  }

  /** What could be read. */
  public Values values() {
    return values;
  }

  public List<FieldError> errors() {
    return List.copyOf(errors);
  }
}
