package dev.tintype.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.capture.CaptureOptions;
import dev.tintype.capture.CaptureReader;
import dev.tintype.capture.InvalidCaptureException;
import dev.tintype.capture.field.Field;
import io.vertx.ext.web.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the code and the document say otherwise than each other, each in a sentence that names it.
 */
final class Conformity {
  private final ApiDocument document;
  private final List<String> differences = new ArrayList<>();

  private Conformity(ApiDocument document) {
    this.document = document;
  }

  static List<String> ofRoutes(ApiDocument document, Collection<Route> routes) {
    var check = new Conformity(document);
    Set<String> served = new TreeSet<>();
    for (Route route : routes) {
      if (route.getPath() != null) {
        String path = route.getPath().replaceAll(":(\\w+)", "{$1}");
        route.methods().forEach(method -> served.add(method + " " + path));
      }
    }
    Set<String> described =
        document.operations().stream()
            .map(ApiDocument.Operation::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String route : served) {
      String get = route.replaceFirst("^HEAD ", "GET ");
      check.that(described.contains(get), route + " is in Routes and not in openapi.yaml");
      if (route.startsWith("GET ")) {
        check.that(
            served.contains(route.replaceFirst("GET", "HEAD")), route + " has no HEAD in Routes");
      }
    }
    for (String operation : described) {
      check.that(served.contains(operation), operation + " is in openapi.yaml and not in Routes");
    }
    return check.differences;
  }

  static List<String> ofProblems(ApiDocument document) {
    var check = new Conformity(document);
    check.words("ProblemCode", ProblemCode.values());
    for (ProblemCode code : ProblemCode.values()) {
      check.problem(code);
    }
    document.walk(
        (pointer, node) -> {
          if (pointer.matches(".*/content/application~1problem\\+json/examples")) {
            node.properties().forEach(example -> check.listing(pointer, example.getKey()));
          }
        });
    return check.differences;
  }

  private void problem(ProblemCode code) {
    String at = "components/examples/" + code;
    JsonNode example = document.component("examples", code.toString()).path("value");
    if (example.isMissingNode()) {
      that(false, code + " is a ProblemCode and has no " + at);
      return;
    }
    equal(at + "/status", example.path("status").asInt(), code.status());
    equal(at + "/title", example.path("title").asText(), code.title());
    equal(at + "/code", example.path("code").asText(), code.toString());
    equal(at + "/type", example.path("type").asText(), code.page());
    List<String> listed = new ArrayList<>();
    document.walk(
        (pointer, node) -> {
          if (pointer.endsWith("/content/application~1problem+json/examples/" + code)) {
            listed.add(pointer);
          }
        });
    that(!listed.isEmpty(), code + " is a ProblemCode that no response lists");
  }

  /** A response that an operation has of its own stands under its status, a shared one does not. */
  private void listing(String pointer, String word) {
    ProblemCode code = ProblemCode.of(word).orElse(null);
    if (code == null) {
      that(false, pointer + " lists " + word + ", which is no ProblemCode");
      return;
    }
    String[] steps = pointer.split("/", -1);
    if (steps[1].equals("paths")) {
      equal(pointer + "/" + word, Integer.parseInt(steps[5]), code.status());
      return;
    }
    for (var operation : document.operations()) {
      for (var response : operation.node().path("responses").properties()) {
        if (response
            .getValue()
            .path("$ref")
            .asText()
            .equals("#/components/responses/" + steps[3])) {
          equal(
              operation + ", problem " + word, Integer.parseInt(response.getKey()), code.status());
        }
      }
    }
  }

  /** That an enumeration of the document has just the words of the code. */
  static List<String> ofWords(ApiDocument document, String schema, Object[] words) {
    var check = new Conformity(document);
    check.words(schema, words);
    return check.differences;
  }

  private void words(String schema, Object[] words) {
    Set<String> described = new TreeSet<>();
    document.component("schemas", schema).path("enum").forEach(w -> described.add(w.textValue()));
    Set<String> known =
        Arrays.stream(words).map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
    for (String word : known) {
      that(described.contains(word), word + " is missing in components/schemas/" + schema);
    }
    for (String word : described) {
      that(known.contains(word), word + " of components/schemas/" + schema + " is not in the code");
    }
  }

  static List<String> ofFields(ApiDocument document) {
    var check = new Conformity(document);
    Set<String> known = new TreeSet<>();
    for (Field<?> field : CaptureOptions.fields()) {
      known.add(field.pointer());
      check.field(field);
    }
    check
        .leaves("", document.component("schemas", "Capture"))
        .filter(pointer -> !known.contains(pointer))
        .forEach(pointer -> check.that(false, pointer + " of Capture is no CaptureField"));
    return check.differences;
  }

  private void field(Field<?> field) {
    JsonNode schema = schemaOf(field);
    if (schema.isMissingNode()) {
      that(false, "CaptureField " + field + " is missing in Capture, at " + field.pointer());
      return;
    }
    describes("Capture" + field.pointer(), field, schema);
    JsonNode parameter = parameterOf(field);
    if (parameter.isMissingNode()) {
      that(false, "CaptureField " + field + " is no parameter " + field.query().orElse(""));
      return;
    }
    String at = "parameter " + field.query().orElse("");
    that(
        parameter.path("description").asText().startsWith(field.description()),
        at + " is not described as CaptureField: " + field.description());
    JsonNode ofParameter = document.resolved(ApiDocument.schema(parameter));
    equal(at + ", schema", withoutWords(ofParameter), withoutWords(schema));
  }

  private static JsonNode withoutWords(JsonNode schema) {
    ObjectNode copy = schema.deepCopy();
    return copy.remove(List.of("description", "examples"));
  }

  private void describes(String at, Field<?> field, JsonNode schema) {
    that(
        schema.path("description").asText().startsWith(field.description()),
        at + " is not described as CaptureField: " + field.description());
    String expected = field.defaultText().orElse("none");
    String described = schema.has("default") ? schema.path("default").asText() : "none";
    equal(
        at + "/default",
        schema.path("type").asText().equals("number")
            ? schema.path("default").decimalValue().stripTrailingZeros().toPlainString()
            : described,
        expected);
  }

  /** That document and reader judge the same of values at and around every limit. */
  static List<String> ofJudgements(ApiDocument document) {
    var check = new Conformity(document);
    for (Field<?> field : CaptureOptions.fields()) {
      JsonNode schema = check.schemaOf(field);
      for (JsonNode probe : Probes.of(schema)) {
        ObjectNode body = Probes.body(field, probe);
        boolean described =
            document.faults(document.component("schemas", "Capture"), body).isEmpty();
        boolean accepted = accepts(body);
        // Limits of times are words to JSON Schema; Probes has them from there.
        boolean same = Probes.isTime(schema) ? described || !accepted : described == accepted;
        check.that(
            same,
            "%s of Capture: %s is %s by openapi.yaml and %s by CaptureReader"
                .formatted(
                    field.pointer(),
                    Probes.excerpt(probe),
                    described ? "valid" : "invalid",
                    accepted ? "accepted" : "refused"));
      }
      for (var limit : Probes.ofDuration(schema).entrySet()) {
        check.that(
            accepts(Probes.body(field, limit.getKey())) == limit.getValue(),
            "%s of Capture: %s is %s by the description and not by CaptureReader"
                .formatted(
                    field.pointer(), limit.getKey(), limit.getValue() ? "allowed" : "refused"));
      }
    }
    return check.differences;
  }

  private static boolean accepts(ObjectNode body) {
    try {
      CaptureReader.read(body);
      return true;
    } catch (InvalidCaptureException e) {
      return false;
    }
  }

  /** Everything in the document that is there to be copied. */
  static List<String> ofExamples(ApiDocument document) {
    var check = new Conformity(document);
    document.walk(
        (pointer, node) -> {
          boolean ours = pointer.matches(".*/(responses|pathItems)/.*|/webhooks/.*");
          if (node.has("schema")) {
            check.example(pointer + "/example", node.path("schema"), node.path("example"), ours);
            for (var example : node.path("examples").properties()) {
              JsonNode value = document.resolved(example.getValue()).path("value");
              check.that(
                  !value.isMissingNode(),
                  pointer + "/examples/" + example.getKey() + " leads to no example");
              check.example(
                  pointer + "/examples/" + example.getKey(), node.path("schema"), value, ours);
            }
          } else if (node.has("type") || node.has("anyOf") || node.has("$ref")) {
            check.example(pointer + "/default", node, node.path("default"), false);
            if (node.path("examples").isArray()) {
              node.path("examples")
                  .forEach(example -> check.example(pointer + "/examples", node, example, false));
            }
          }
        });
    return check.differences;
  }

  private void example(String at, JsonNode schema, JsonNode value, boolean ours) {
    if (!value.isMissingNode()) {
      (ours ? document.faultsOfOurs(schema, value) : document.faults(schema, value))
          .forEach(fault -> that(false, at + " is not valid: " + fault));
    }
  }

  private JsonNode schemaOf(Field<?> field) {
    JsonNode schema = document.component("schemas", "Capture");
    for (String name : field.pointer().substring(1).split("/", -1)) {
      schema = document.resolved(property(schema, name));
    }
    return schema;
  }

  private JsonNode property(JsonNode schema, String name) {
    JsonNode own = schema.path("properties").path(name);
    for (JsonNode choice : schema.path("anyOf")) {
      own = own.isMissingNode() ? document.resolved(choice).path("properties").path(name) : own;
    }
    return own;
  }

  private JsonNode parameterOf(Field<?> field) {
    return document.operation("GET", "/v1/screenshot").orElseThrow().parameters().stream()
        .filter(parameter -> parameter.path("in").asText().equals("query"))
        .filter(parameter -> parameter.path("name").asText().equals(field.query().orElse("")))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private Stream<String> leaves(String pointer, JsonNode schema) {
    JsonNode whole = document.resolved(schema);
    if (whole.has("anyOf")) {
      return leaves(pointer, whole.path("anyOf").path(0));
    }
    return whole.has("properties")
        ? whole.path("properties").properties().stream()
            .flatMap(property -> leaves(pointer + "/" + property.getKey(), property.getValue()))
        : Stream.of(pointer);
  }

  private void equal(String at, Object described, Object expected) {
    that(
        described.equals(expected),
        at + " is " + described + " in openapi.yaml and " + expected + " in the code");
  }

  private void that(boolean holds, String difference) {
    if (!holds) {
      differences.add(difference);
    }
  }
}
