package dev.tintype.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tintype.capture.Format;
import dev.tintype.capture.Input;
import dev.tintype.capture.JobWebhook;
import dev.tintype.capture.field.Durations;
import dev.tintype.capture.field.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values at and around the limits of a schema. */
final class Probes {
  private static final Pattern RANGE = Pattern.compile("From (\\w+) to (\\w+)\\.");

  private Probes() {}

  /** A capture that has this value at the field, and otherwise nothing that could be wrong. */
  static ObjectNode body(Field<?> field, JsonNode value) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (field != Input.URL && field != Input.HTML) {
      body.put("html", "<p>hello");
    }
    if (field == Format.QUALITY) {
      body.putObject("format").put("type", "jpeg");
    }
    if (field == JobWebhook.EVENTS || field == JobWebhook.SECRET) {
      body.putObject("webhook").put("url", "https://example.com/hook");
    }
    JsonPointer pointer = JsonPointer.compile(field.pointer());
    ObjectNode parent = pointer.head().matches() ? body : body.withObject(pointer.head());
    parent.set(pointer.last().getMatchingProperty(), value);
    return body;
  }

  static List<JsonNode> of(JsonNode schema) {
    List<JsonNode> probes = new ArrayList<>();
    probes.add(BooleanNode.TRUE);
    probes.add(BooleanNode.FALSE);
    probes.add(JsonNodeFactory.instance.objectNode());
    probes.add(JsonNodeFactory.instance.arrayNode());
    probes.add(JsonNodeFactory.instance.arrayNode().add("png"));
    for (String text : List.of("", " ", "x", "png", "PNG", "-1", "30s", "1e3", "\u0000", "é")) {
      probes.add(TextNode.valueOf(text));
    }
    for (String number : List.of("-1", "0", "1", "1.5", "1.0", "1e2", "1e30")) {
      probes.add(DecimalNode.valueOf(new BigDecimal(number)));
    }
    schema.path("enum").forEach(probes::add);
    schema.path("examples").forEach(probes::add);
    for (String limit : List.of("minimum", "maximum")) {
      if (schema.has(limit)) {
        BigDecimal value = schema.path(limit).decimalValue();
        for (String off : List.of("0", "1", "-1", "0.001", "-0.001")) {
          probes.add(DecimalNode.valueOf(value.add(new BigDecimal(off))));
        }
      }
    }
    if (schema.has("maxLength")) {
      int most = schema.path("maxLength").intValue();
      String begin = schema.path("examples").path(0).asText("x");
      probes.add(TextNode.valueOf(begin + "x".repeat(most - begin.length())));
      probes.add(TextNode.valueOf(begin + "x".repeat(most - begin.length() + 1)));
    }
    return probes;
  }

  static boolean isTime(JsonNode schema) {
    return schema.path("pattern").asText().contains("ms|s|m|h")
        || schema.path("format").asText().equals("date-time");
  }

  /** The ends of a duration's range and what is just outside, with whether they are allowed. */
  static Map<JsonNode, Boolean> ofDuration(JsonNode schema) {
    Map<JsonNode, Boolean> probes = new LinkedHashMap<>();
    if (isTime(schema) && !schema.has("format")) {
      Matcher range = RANGE.matcher(schema.path("description").asText());
      if (!range.find()) {
        throw new AssertionError("a duration that does not say \"From ... to ...\": " + schema);
      }
      Duration least = Durations.parse(range.group(1)).orElseThrow();
      Duration most = Durations.parse(range.group(2)).orElseThrow();
      probes.put(TextNode.valueOf(least.toString()), true);
      probes.put(TextNode.valueOf(most.toString()), true);
      probes.put(TextNode.valueOf(least.minusMillis(1).toString()), false);
      probes.put(TextNode.valueOf(most.plusMillis(1).toString()), false);
    }
    return probes;
  }

  static String excerpt(JsonNode value) {
    String text = value.toString();
    return text.length() < 60 ? text : text.substring(0, 40) + "... (" + text.length() + ")";
  }
}
