package dev.tintype.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The OpenAPI document, with what tests ask of it. */
final class ApiDocument {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private static final ApiDocument OWN = read();

  private final ObjectNode root;
  private final Map<JsonNode, Schema> open = new ConcurrentHashMap<>();
  private final Map<JsonNode, Schema> closed = new ConcurrentHashMap<>();
  private final JsonNode components;
  private final JsonNode closedComponents;

  ApiDocument(ObjectNode root) {
    this.root = root;
    components = root.path("components");
    closedComponents = components.deepCopy();
    walk("", closedComponents, (pointer, node) -> close(node));
  }

  /** The one in the resources. */
  static ApiDocument own() {
    return OWN;
  }

  private static ApiDocument read() {
    try (InputStream in = ApiDocument.class.getResourceAsStream("openapi.yaml")) {
      return new ApiDocument((ObjectNode) new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ObjectNode root() {
    return root;
  }

  /** A copy for a test that plants a fault in it. */
  ApiDocument with(Consumer<ObjectNode> change) {
    ObjectNode copy = root.deepCopy();
    change.accept(copy);
    return new ApiDocument(copy);
  }

  JsonNode component(String kind, String name) {
    return resolved(components.path(kind).path(name));
  }

  /** What stands behind a reference, with what stands beside it on top. */
  JsonNode resolved(JsonNode node) {
    if (!node.has("$ref")) {
      return node;
    }
    String pointer = node.path("$ref").textValue().substring(1);
    JsonNode target = resolved(root.at(JsonPointer.compile(pointer)));
    if (node.size() == 1 || !(target instanceof ObjectNode)) {
      return target;
    }
    ObjectNode merged = target.deepCopy();
    merged.setAll((ObjectNode) node);
    merged.remove("$ref");
    return merged;
  }

  /**
   * One method of one path.
   *
   * @param path with its parameters in braces
   */
  record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** What a parameter is, whether it is written as one text or as JSON. */
  static JsonNode schema(JsonNode parameter) {
    return parameter.has("content")
        ? parameter.at("/content/application~1json/schema")
        : parameter.path("schema");
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (var path : root.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (!method.getKey().equals("parameters")) {
          List<JsonNode> parameters = new ArrayList<>();
          path.getValue().path("parameters").forEach(p -> parameters.add(resolved(p)));
          method.getValue().path("parameters").forEach(p -> parameters.add(resolved(p)));
          operations.add(
              new Operation(
                  method.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  method.getValue(),
                  parameters));
        }
      }
    }
    return operations;
  }

  /** HEAD is GET without a body, as the document says of all of them. */
  Optional<Operation> operation(String method, String path) {
    String documented = method.equals("HEAD") ? "GET" : method;
    return operations().stream()
        .filter(operation -> operation.method.equals(documented))
        .filter(operation -> path.matches(pattern(operation.path)))
        // A path that is written out goes before one with a parameter at that place.
        .min(Comparator.comparing(operation -> operation.path.contains("{")));
  }

  private static String pattern(String path) {
    return ("\\Q" + path + "\\E").replaceAll(Pattern.quote("{") + "\\w+}", "\\\\E[^/]+\\\\Q");
  }

  /** What is wrong with a value that a client sends. */
  List<String> faults(JsonNode schema, JsonNode value) {
    return faults(open, schema, components, value);
  }

  /** The same for a value of ours, where a field that the document does not name is a fault. */
  List<String> faultsOfOurs(JsonNode schema, JsonNode value) {
    return faults(closed, schema, closedComponents, value);
  }

  private static List<String> faults(
      Map<JsonNode, Schema> cache, JsonNode schema, JsonNode components, JsonNode value) {
    Schema validator =
        cache.computeIfAbsent(
            schema,
            node -> {
              ObjectNode whole = node.deepCopy();
              whole.set("components", components);
              return SCHEMAS.getSchema(whole);
            });
    List<com.networknt.schema.Error> errors;
    synchronized (validator) {
      errors = validator.validate(value);
    }
    return errors.stream().map(error -> error.getInstanceLocation() + " " + error).toList();
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.has("properties")) {
      object.put("additionalProperties", false);
    }
  }

  /** Visits every node with its JSON pointer. */
  void walk(BiConsumer<String, JsonNode> visitor) {
    walk("", root, visitor);
  }

  private static void walk(String pointer, JsonNode node, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(pointer, node);
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        walk(pointer + "/" + i, node.get(i), visitor);
      }
    }
    node.properties()
        .forEach(
            property ->
                walk(
                    pointer + "/" + property.getKey().replace("~", "~0").replace("/", "~1"),
                    property.getValue(),
                    visitor));
  }
}
