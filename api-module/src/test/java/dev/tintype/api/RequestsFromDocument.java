package dev.tintype.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.api.ApiDocument.Operation;
import dev.tintype.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Makes requests of an operation by its description: some as it wants them, some that are wrong in
 * one place or in many. The same seed makes the same requests.
 */
final class RequestsFromDocument {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> STRANGE =
      List.of(
          "",
          " ",
          "null",
          "-1",
          "0",
          "1e400",
          "9".repeat(40),
          "true",
          "png",
          "30s",
          "P1D",
          "PT-1S",
          "999999999h",
          "2030-02-31T00:00:00Z",
          "+999999999-01-01T00:00:00Z",
          "http://127.0.0.1/",
          "http://[::1]:80/",
          "http://user:pass@example.com:99999/",
          "file:///etc/passwd",
          "javascript:alert(1)",
          "../../..",
          "'\"><script>",
          "\u0000",
          "é\uD83D\uDE00",
          "\uD800",
          "x".repeat(5_000));

  private final ApiDocument document;
  private final Random random;
  private final Map<String, List<String>> known;

  /**
   * @param known values that stand for something, by the name of their schema: ids of jobs in all
   *     kinds of states, of endpoints, ...
   */
  RequestsFromDocument(ApiDocument document, Random random, Map<String, List<String>> known) {
    this.document = document;
    this.random = random;
    this.known = known;
  }

  /**
   * A request that can be sent.
   *
   * @param body null for none
   */
  record Asked(String method, String path, Map<String, String> headers, String body) {}

  Asked next(Operation operation, boolean wellFormed) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").textValue();
      String in = parameter.path("in").textValue();
      if (in.equals("path")) {
        path = path.replace("{" + name + "}", encoded(pathValue(parameter, wellFormed)));
      } else if (random.nextInt(4) == 0) {
        String value = text(parameter, wellFormed || random.nextBoolean());
        if (in.equals("query")) {
          query.add(name + "=" + encoded(value));
        } else if (value.matches("[\\x21-\\x7e][\\x20-\\x7e]{0,999}")) {
          headers.put(name, value); // what is no header's value the client itself refuses
        }
      }
    }
    if (!wellFormed && random.nextInt(4) == 0) {
      query.add(encoded(strange()) + "=" + encoded(strange()));
    }
    return new Asked(
        operation.method().equals("GET") && random.nextInt(8) == 0 ? "HEAD" : operation.method(),
        query.isEmpty() ? path : path + "?" + String.join("&", query),
        headers,
        operation.node().has("requestBody") ? body(operation, wellFormed) : "");
  }

  private String pathValue(JsonNode parameter, boolean wellFormed) {
    String value = !wellFormed && random.nextInt(3) == 0 ? strange() : text(parameter, true);
    return value.isEmpty() || value.startsWith(".") ? "x" : value; // else it is another path
  }

  private String text(JsonNode parameter, boolean wellFormed) {
    if (!wellFormed) {
      return strange();
    }
    JsonNode value =
        parameter.has("example") && random.nextBoolean()
            ? parameter.path("example")
            : value(ApiDocument.schema(parameter));
    if (value.isArray()) {
      List<String> words = new ArrayList<>();
      value.forEach(word -> words.add(word.asText()));
      return String.join(",", words);
    }
    return value.isObject() ? value.toString() : value.asText();
  }

  private String body(Operation operation, boolean wellFormed) {
    JsonNode schema =
        operation
            .node()
            .path("requestBody")
            .path("content")
            .path("application/json")
            .path("schema");
    JsonNode body = value(schema);
    if (wellFormed) {
      return body.toString();
    }
    for (int faults = 1 + random.nextInt(3); faults > 0; faults--) {
      spoil(body);
    }
    String text = body.toString();
    return switch (random.nextInt(12)) {
      case 0 -> text.substring(0, random.nextInt(text.length() + 1));
      case 1 -> text + strange();
      case 2 -> strange();
      default -> text;
    };
  }

  /** One thing wrong, somewhere. */
  private void spoil(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "url" : any(names);
    switch (random.nextInt(5)) {
      case 0 -> object.set(strange(), garbage(2));
      case 1 -> object.remove(name);
      case 2 -> spoil(object.path(name));
      default -> object.set(name, garbage(2));
    }
  }

  private JsonNode garbage(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextLong());
      case 3 -> JSON.numberNode(random.nextGaussian() * 1e12);
      case 4, 5 -> JSON.textNode(strange());
      case 6 -> {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          array.add(garbage(depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          object.set(strange(), garbage(depth - 1));
        }
        yield object;
      }
    };
  }

  /** A value as the schema wants it. */
  private JsonNode value(JsonNode reference) {
    JsonNode schema = document.resolved(reference);
    List<String> real =
        known.getOrDefault(
            reference.path("$ref").asText().replace("#/components/schemas/", ""), List.of());
    if (!real.isEmpty() && random.nextInt(5) > 0) {
      return JSON.textNode(any(real));
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    for (String choice : List.of("enum", "examples")) {
      if (schema.has(choice)) {
        JsonNode choices = schema.path(choice);
        return choices.get(random.nextInt(choices.size())).deepCopy(); // it may be spoilt
      }
    }
    if (schema.has("anyOf")) {
      return value(schema.path("anyOf").get(random.nextInt(schema.path("anyOf").size())));
    }
    return switch (schema.path("type").asText()) {
      case "object" -> object(schema);
      case "array" -> {
        ArrayNode array = JSON.arrayNode();
        for (long i = between(schema.path("minItems").asLong(0), 3); i > 0; i--) {
          array.add(value(schema.path("items")));
        }
        yield array;
      }
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer" ->
          JSON.numberNode(
              between(schema.path("minimum").asLong(0), schema.path("maximum").asLong(1_000)));
      case "number" ->
          JSON.numberNode(
              random.nextDouble(
                  schema.path("minimum").asDouble(0), schema.path("maximum").asDouble(1_000)));
      case "string" ->
          JSON.textNode(
              schema.path("format").asText().equals("date-time")
                  ? "20%02d-0%d-11T10:00:00Z".formatted(random.nextInt(100), 1 + random.nextInt(9))
                  : "x".repeat(1 + random.nextInt(40)));
      default -> throw new AssertionError("how to make one of these? " + schema);
    };
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    String only =
        schema.has("oneOf")
            ? schema
                .path("oneOf")
                .get(random.nextInt(schema.path("oneOf").size()))
                .at("/required/0")
                .asText()
            : "";
    for (var property : schema.path("properties").properties()) {
      if (isChoice(schema, property.getKey())
          ? property.getKey().equals(only)
          : isAmong(schema.path("required"), property.getKey()) || random.nextInt(3) == 0) {
        object.set(property.getKey(), value(property.getValue()));
      }
    }
    for (var dependent : schema.path("dependentRequired").properties()) {
      for (JsonNode name : dependent.getValue()) {
        if (object.has(dependent.getKey()) && !object.has(name.asText())) {
          object.set(name.asText(), value(schema.path("properties").path(name.asText())));
        }
      }
    }
    return object;
  }

  private static boolean isAmong(JsonNode words, String word) {
    for (JsonNode each : words) {
      if (each.asText().equals(word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isChoice(JsonNode schema, String name) {
    for (JsonNode one : schema.path("oneOf")) {
      if (one.at("/required/0").asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The ends more often than what is between. */
  private long between(long least, long most) {
    return switch (random.nextInt(3)) {
      case 0 -> least;
      case 1 -> most;
      default -> random.nextLong(least, most + 1);
    };
  }

  /** The smallest request to be had by leaving things out that still fails. */
  static Asked smallest(Asked asked, Predicate<Asked> fails) {
    for (Asked less : smaller(asked)) {
      if (fails.test(less)) {
        return smallest(less, fails);
      }
    }
    return asked;
  }

  /** The same request with one field of its body less, in every way there is. */
  private static List<Asked> smaller(Asked asked) {
    List<Asked> all = new ArrayList<>();
    try {
      if (Json.MAPPER.readTree(asked.body) instanceof ObjectNode body) {
        for (var property : body.properties()) {
          ObjectNode less = body.deepCopy();
          less.remove(property.getKey());
          all.add(new Asked(asked.method, asked.path, asked.headers, less.toString()));
        }
      }
    } catch (JsonProcessingException e) {
      return List.of(); // What is no JSON is as small as it gets.
    }
    if (asked.path.contains("?")) {
      String query = asked.path.replaceFirst("^[^?]*\\?", "");
      for (String part : query.split("&", -1)) {
        String less =
            asked
                .path
                .replace(part, "")
                .replace("&&", "&")
                .replace("?&", "?")
                .replaceAll("[?&]$", "");
        all.add(new Asked(asked.method, less, asked.headers, asked.body));
      }
    }
    return all;
  }

  private String strange() {
    return any(STRANGE);
  }

  private String any(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
