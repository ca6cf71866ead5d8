package dev.tintype.capture.field;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One error of a request.
 *
 * @param name JSON pointer, parameter, header or flag, as {@code place} says; empty if the error is
 *     about the whole
 * @param detail what is wrong and what is allowed: the rest of a sentence that begins with the name
 * @param conflictsWith the other fields that are involved, named like this one
 */
public record FieldError(Place place, String name, String detail, List<String> conflictsWith) {
  public FieldError {
    conflictsWith = List.copyOf(conflictsWith);
  }

  /** An error of a body. */
  public FieldError(String pointer, String detail) {
    this(Place.BODY, pointer, detail, List.of());
  }

  /** An error of a query parameter. */
  public static FieldError ofParameter(String name, String detail) {
    return new FieldError(Place.QUERY, name, detail, List.of());
  }

  /** An error of a request header. */
  public static FieldError ofHeader(String name, String detail) {
    return new FieldError(Place.HEADER, name, detail, List.of());
  }

  /** Reads what {@link #json} wrote; places that are not known yet are left out. */
  public static List<FieldError> read(JsonNode errors) {
    List<FieldError> read = new ArrayList<>();
    for (JsonNode error : errors) {
      List<String> others = new ArrayList<>();
      error.path("conflictsWith").forEach(other -> others.add(other.asText()));
      for (Place place : Place.values()) {
        if (error.has(place.key())) {
          read.add(
              new FieldError(
                  place, error.path(place.key()).asText(), error.path("detail").asText(), others));
        }
      }
    }
    return List.copyOf(read);
  }

  /** The name of the field as a JSON pointer, where the request had no body as well. */
  public String pointer() {
    return place == Place.BODY || name.isEmpty() ? name : "/" + name;
  }

  /** The same error of a body that is part of another, given how pointers change. */
  public FieldError moved(UnaryOperator<String> pointers) {
    return new FieldError(
        place, pointers.apply(name), detail, conflictsWith.stream().map(pointers).toList());
  }

  /** The whole sentence, without its full stop. */
  public String sentence() {
    return (name.isEmpty() ? place.whole() : name) + " " + detail;
  }

  /** The error as a member of {@code errors} in a problem document. */
  @JsonValue
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(place.key(), name);
    json.put("detail", detail);
    if (!conflictsWith.isEmpty()) {
      json.put("conflictsWith", conflictsWith);
    }
    return json;
  }
}
