package dev.tintype.capture.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tintype.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A JSON object of the caller's own. It travels inside other objects, each of which has to stay
 * below {@link Json#MAX_DEPTH}.
 */
record DocumentType(int maxBytes, int maxDepth) implements FieldType<String> {
  @Override
  public Optional<String> read(JsonNode node, Faults faults) {
    if (!node.isObject()) {
      faults.refuse(allowed(), node);
      return Optional.empty();
    }
    int depth = depth(node);
    String text = node.toString();
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (depth > maxDepth) {
      faults.add("must be " + allowed() + " (got " + depth + " levels)");
    } else if (bytes > maxBytes) {
      faults.add(String.format(Locale.ROOT, "must be %s (got %,d bytes)", allowed(), bytes));
    } else {
      return Optional.of(text);
    }
    return Optional.empty();
  }

  @Override
  public JsonNode write(String value) {
    return Json.read(value, JsonNode.class);
  }

  @Override
  public JsonNode spelled(List<String> texts) {
    String text = texts.get(texts.size() - 1);
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  @Override
  public String allowed() {
    return String.format(
        Locale.ROOT, "a JSON object of up to %,d bytes and %d levels", maxBytes, maxDepth);
  }

  @Override
  public ObjectNode schema() {
    return Schema.ofType("object");
  }

  private static int depth(JsonNode node) {
    int below = 0;
    for (JsonNode child : node) {
      below = Math.max(below, depth(child));
    }
    return node.isContainerNode() ? below + 1 : 0;
  }
}
