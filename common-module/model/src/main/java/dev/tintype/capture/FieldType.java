package dev.tintype.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tintype.json.Json;
import dev.tintype.webhook.Webhook;
import dev.tintype.webhook.WebhookEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a field may hold, and how it is spelled. Each type reads a JSON value, or says what is
 * allowed.
 */
sealed interface FieldType {
  /** The value, or nothing if the node is not one of what is {@link #allowed}. */
  Optional<?> read(JsonNode node);

  /** Completes the sentence "allowed is ...". */
  String allowed();

  /**
   * The JSON value that a query parameter or a flag spells; text that fits nothing stays text and
   * is refused by read.
   */
  default JsonNode spelled(String text) {
    return TextNode.valueOf(text);
  }

  /** Text of 1 to {@code maxLength} characters. */
  record Text(int maxLength) implements FieldType {
    @Override
    public Optional<?> read(JsonNode node) {
      return node.isTextual()
              && !node.textValue().isBlank()
              && node.textValue().length() <= maxLength
          ? Optional.of(node.textValue())
          : Optional.empty();
    }

    @Override
    public String allowed() {
      return String.format(Locale.ROOT, "text of 1 to %,d characters", maxLength);
    }
  }

  record Whole(int min, int max) implements FieldType {
    @Override
    public Optional<?> read(JsonNode node) {
      return isFinite(node)
              && node.decimalValue().stripTrailingZeros().scale() <= 0
              && inRange(node.decimalValue(), min, max)
          ? Optional.of(node.intValue())
          : Optional.empty();
    }

    @Override
    public String allowed() {
      return "a whole number from " + min + " to " + max;
    }

    @Override
    public JsonNode spelled(String text) {
      return number(text);
    }
  }

  record Decimal(double min, double max) implements FieldType {
    @Override
    public Optional<?> read(JsonNode node) {
      return isFinite(node) && inRange(node.decimalValue(), min, max)
          ? Optional.of(node.doubleValue())
          : Optional.empty();
    }

    @Override
    public String allowed() {
      return "a number from " + plain(min) + " to " + plain(max);
    }

    @Override
    public JsonNode spelled(String text) {
      return number(text);
    }

    private static String plain(double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
  }

  record Flag() implements FieldType {
    @Override
    public Optional<?> read(JsonNode node) {
      return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    @Override
    public String allowed() {
      return "true or false";
    }

    /** A parameter that is there without a value means yes: {@code ?fullPage}. */
    @Override
    public JsonNode spelled(String text) {
      return switch (text) {
        case "true", "" -> BooleanNode.TRUE;
        case "false" -> BooleanNode.FALSE;
        default -> TextNode.valueOf(text);
      };
    }
  }

  /** One of the words of an enum. */
  record Word(Class<? extends Enum<?>> words) implements FieldType {
    @Override
    public Optional<?> read(JsonNode node) {
      return constants().filter(word -> word.toString().equals(node.textValue())).findFirst();
    }

    @Override
    public String allowed() {
      return "one of " + constants().map(Enum::toString).collect(Collectors.joining(", "));
    }

    private Stream<? extends Enum<?>> constants() {
      return Arrays.stream(words.getEnumConstants());
    }
  }

  /** A length of time, as {@link Durations} spells it. */
  record Time(Duration min, Duration max) implements FieldType {
    @Override
    public Optional<?> read(JsonNode node) {
      return node.isTextual()
          ? Durations.parse(node.textValue())
              .filter(time -> time.compareTo(min) >= 0 && time.compareTo(max) <= 0)
          : Optional.empty();
    }

    @Override
    public String allowed() {
      return "a duration from %s to %s, such as \"1500ms\", \"30s\", \"2m\" or \"PT30S\""
          .formatted(Durations.spell(min), Durations.spell(max));
    }
  }

  /** A moment, as RFC 3339 spells it. */
  record Moment() implements FieldType {
    // As far as four digits of a year go.
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    @Override
    public Optional<?> read(JsonNode node) {
      try {
        return node.isTextual()
            ? Optional.of(OffsetDateTime.parse(node.textValue()).toInstant())
                .filter(moment -> !moment.isBefore(Instant.EPOCH) && moment.isBefore(END))
            : Optional.empty();
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }

    @Override
    public String allowed() {
      return "a moment from 1970 to 9999 with its offset, such as \"2030-01-31T18:00:00Z\" or"
          + " \"2030-01-31T19:00:00+01:00\"";
    }
  }

  /** An address that can be called: a host, and no user, whose password would end in logs. */
  record WebAddress(int maxLength) implements FieldType {
    @Override
    public Optional<?> read(JsonNode node) {
      try {
        if (!node.isTextual() || node.textValue().length() > maxLength) {
          return Optional.empty();
        }
        new Webhook(node.textValue(), Webhook.ALL_EVENTS, Webhook.DEFAULT_SECRET);
        return Optional.of(node.textValue());
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    @Override
    public String allowed() {
      return String.format(
          Locale.ROOT,
          "an http or https address of up to %,d characters, with a host and without a user",
          maxLength);
    }
  }

  /** A name of one's own, in a narrow alphabet. */
  record Name(Pattern form) implements FieldType {
    @Override
    public Optional<?> read(JsonNode node) {
      return node.isTextual() && form.matcher(node.textValue()).matches()
          ? Optional.of(node.textValue())
          : Optional.empty();
    }

    @Override
    public String allowed() {
      return "a name of up to 63 of a-z, 0-9, _ and -, beginning with a letter or digit";
    }
  }

  /** Some of the ends that a job can have: a list, or a text with commas between them. */
  record Events() implements FieldType {
    @Override
    public Optional<?> read(JsonNode node) {
      Set<WebhookEvent> events = EnumSet.noneOf(WebhookEvent.class);
      if (node.isTextual()) {
        return read(spelled(node.textValue()));
      }
      for (JsonNode each : node) {
        Optional<WebhookEvent> event =
            Webhook.ALL_EVENTS.stream()
                .filter(known -> known.toString().equals(each.textValue()))
                .findFirst();
        if (event.isEmpty()) {
          return Optional.empty();
        }
        events.add(event.get());
      }
      return node.isArray() && !events.isEmpty() ? Optional.of(events) : Optional.empty();
    }

    @Override
    public String allowed() {
      return "one or several of "
          + Webhook.ALL_EVENTS.stream()
              .filter(WebhookEvent::isOfJob)
              .map(Enum::toString)
              .collect(Collectors.joining(", "))
          + " (and, for an endpoint, batch)";
    }

    @Override
    public JsonNode spelled(String text) {
      ArrayNode words = JsonNodeFactory.instance.arrayNode();
      Stream.of(text.split(",", -1)).map(String::strip).forEach(words::add);
      return words;
    }
  }

  /**
   * A JSON object of somebody else's. It travels inside other objects, each of which has to stay
   * below {@link Json#MAX_DEPTH}.
   */
  record Document(int maxBytes, int maxDepth) implements FieldType {
    @Override
    public Optional<?> read(JsonNode node) {
      if (!node.isObject() || depth(node) > maxDepth) {
        return Optional.empty();
      }
      String text = node.toString();
      return text.getBytes(StandardCharsets.UTF_8).length <= maxBytes
          ? Optional.of(text)
          : Optional.empty();
    }

    @Override
    public String allowed() {
      return String.format(
          Locale.ROOT, "a JSON object of up to %,d bytes and %d levels", maxBytes, maxDepth);
    }

    private static int depth(JsonNode node) {
      int below = 0;
      for (JsonNode child : node) {
        below = Math.max(below, depth(child));
      }
      return node.isContainerNode() ? below + 1 : 0;
    }

    @Override
    public JsonNode spelled(String text) {
      try {
        return Json.MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        return TextNode.valueOf(text);
      }
    }
  }

  /** 1e400 is JSON, and too large for a double. */
  private static boolean isFinite(JsonNode node) {
    return node.isNumber() && Double.isFinite(node.doubleValue());
  }

  private static boolean inRange(BigDecimal value, double min, double max) {
    return value.compareTo(BigDecimal.valueOf(min)) >= 0
        && value.compareTo(BigDecimal.valueOf(max)) <= 0;
  }

  private static JsonNode number(String text) {
    // Short, because a number of a million digits would cost more to parse than it can be worth.
    if (text.length() > 20) {
      return TextNode.valueOf(text);
    }
    try {
      return DecimalNode.valueOf(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return TextNode.valueOf(text);
    }
  }
}
