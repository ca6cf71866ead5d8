package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;

/** Numbers as JSON and text hold them: 1e400 is JSON, and too large for a double. */
final class Numbers {
  private static final int MAX_DIGITS = 20;

  private Numbers() {}

  static boolean isInRange(JsonNode node, BigDecimal min, BigDecimal max) {
    return node.isNumber()
        && Double.isFinite(node.doubleValue())
        && node.decimalValue().compareTo(min) >= 0
        && node.decimalValue().compareTo(max) <= 0;
  }

  static JsonNode spelled(String text) {
    // A number of a million digits would take seconds to parse.
    if (text.length() > MAX_DIGITS) {
      return TextNode.valueOf(text);
    }
    try {
      return DecimalNode.valueOf(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return TextNode.valueOf(text);
    }
  }
}
