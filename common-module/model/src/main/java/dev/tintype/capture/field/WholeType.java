package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;

/** A number without fraction; 1.0 and 1e2 are. */
record WholeType(int min, int max) implements FieldType.Scalar<Integer> {
  @Override
  public Optional<Integer> parse(JsonNode node) {
    return Numbers.isInRange(node, BigDecimal.valueOf(min), BigDecimal.valueOf(max))
            && node.decimalValue().stripTrailingZeros().scale() <= 0
        ? Optional.of(node.intValue())
        : Optional.empty();
  }

  @Override
  public JsonNode write(Integer value) {
    return IntNode.valueOf(value);
  }

  @Override
  public JsonNode spelled(String text) {
    return Numbers.spelled(text);
  }

  @Override
  public String allowed() {
    return "a whole number from " + min + " to " + max;
  }

  @Override
  public ObjectNode schema() {
    return Schema.ofType("integer").put("minimum", min).put("maximum", max);
  }
}
