package dev.tintype.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tintype.api.ApiDocument.Operation;
import dev.tintype.json.Json;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request and its answer, to be held against the document.
 *
 * @param path without the query
 * @param headers of the answer
 */
record Exchange(
    String method, String path, int status, Map<String, List<String>> headers, Buffer body) {

  // Those of HTTP itself, and the one that the content of an answer stands for.
  private static final Set<String> OF_EVERY_ANSWER =
      Set.of("connection", "content-length", "content-type", "date", "transfer-encoding");

  /** What an address or a method that is not in the document may be answered. */
  private static final Map<Integer, String> OUTSIDE =
      Map.of(
          400, "BadRequest",
          404, "RouteNotFound",
          405, "MethodNotAllowed",
          414, "AddressTooLong",
          431, "HeadersTooLarge");

  Exchange {
    Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
    sorted.keySet().removeIf(name -> name.startsWith(":"));
    headers = sorted;
  }

  static Exchange of(HttpResponse<byte[]> response) {
    return new Exchange(
        response.request().method(),
        response.request().uri().getRawPath(),
        response.statusCode(),
        response.headers().map(),
        Buffer.buffer(response.body()));
  }

  /** One that was sent and received as text; empty if nothing was answered. */
  static Optional<Exchange> ofText(String request, String answer) {
    Matcher asked = Pattern.compile("^(\\S+) ([^ ?]*)").matcher(request);
    Matcher status = Pattern.compile("^HTTP/1\\.[01] (\\d{3})").matcher(answer);
    if (!asked.find() || !status.find()) {
      return Optional.empty();
    }
    int end = answer.indexOf("\r\n\r\n");
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line : answer.substring(0, end).split("\r\n", -1)) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        headers.put(line.substring(0, colon), List.of(line.substring(colon + 2)));
      }
    }
    return Optional.of(
        new Exchange(
            asked.group(1),
            asked.group(2),
            Integer.parseInt(status.group(1)),
            headers,
            Buffer.buffer(answer.substring(end + 4))));
  }

  /** Fails with everything in which the answer is not as the document has it. */
  void assertAsDocumented() {
    List<String> differences = differences(ApiDocument.own());
    if (!differences.isEmpty()) {
      throw new AssertionError(
          "%s %s was answered %d, not as openapi.yaml has it:%n- %s%nthe answer: %s %s"
              .formatted(
                  method,
                  path,
                  status,
                  String.join("\n- ", differences),
                  headers,
                  body.getString(0, Math.min(body.length(), 2_000))));
    }
  }

  List<String> differences(ApiDocument document) {
    if (status == 431 && headers.isEmpty()) {
      return List.of(); // Netty's own, over HTTP/2; the document says so in words
    }
    List<String> differences = new ArrayList<>();
    Optional<Operation> operation = document.operation(method, path);
    JsonNode response =
        operation
            .map(op -> document.resolved(op.node().path("responses").path(String.valueOf(status))))
            .orElseGet(() -> document.component("responses", OUTSIDE.getOrDefault(status, "none")));
    if (response.isMissingNode()) {
      return List.of(
          operation
              .map(op -> op + " has no response " + status)
              .orElse("it has no " + method + " of this path"));
    }
    compareHeaders(document, response.path("headers"), differences);
    compareBody(document, response.path("content"), differences);
    return differences;
  }

  private void compareHeaders(ApiDocument document, JsonNode documented, List<String> differences) {
    Map<String, JsonNode> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    documented
        .properties()
        .forEach(header -> known.put(header.getKey(), document.resolved(header.getValue())));
    headers.keySet().stream()
        .filter(name -> !OF_EVERY_ANSWER.contains(name.toLowerCase(Locale.ROOT)))
        .filter(name -> !known.containsKey(name))
        .forEach(name -> differences.add("response " + status + " has no header " + name));
    known.forEach(
        (name, header) -> {
          if (headers.containsKey(name)) {
            JsonNode value = value(document.resolved(header.path("schema")), first(name));
            document
                .faultsOfOurs(header.path("schema"), value)
                .forEach(fault -> differences.add("header " + name + ": " + fault));
          } else if (header.path("required").asBoolean()) {
            differences.add("header " + name + " is required and was not sent");
          }
        });
  }

  private static JsonNode value(JsonNode schema, String text) {
    return schema.path("type").asText().equals("integer") && text.matches("\\d{1,18}")
        ? LongNode.valueOf(Long.parseLong(text))
        : TextNode.valueOf(text);
  }

  private void compareBody(ApiDocument document, JsonNode content, List<String> differences) {
    String mediaType = headers.containsKey("Content-Type") ? first("Content-Type") : "";
    if (mediaType.isEmpty() && content.isMissingNode()) {
      if (body.length() > 0) {
        differences.add("response " + status + " has no content");
      }
      return;
    }
    if (!content.has(mediaType)) {
      differences.add("response " + status + " has no content of type \"" + mediaType + "\"");
      return;
    }
    if (method.equals("HEAD") || !mediaType.endsWith("json")) {
      return;
    }
    JsonNode schema = content.path(mediaType).path("schema");
    if (mediaType.endsWith("ndjson")) {
      body.toString()
          .lines()
          .map(line -> Json.read(line, JsonNode.class))
          .flatMap(line -> document.faultsOfOurs(schema, line).stream())
          .forEach(fault -> differences.add("line: " + fault));
      return;
    }
    JsonNode value = Json.read(body.toString(), JsonNode.class);
    document.faultsOfOurs(schema, value).stream()
        .map(fault -> "body: " + fault)
        .forEach(differences::add);
    String code = value.path("code").asText();
    if (mediaType.contains("problem") && !content.path(mediaType).path("examples").has(code)) {
      differences.add("response " + status + " has no example of the problem " + code);
    }
  }

  private String first(String header) {
    return headers.getOrDefault(header, List.of("")).get(0);
  }
}
