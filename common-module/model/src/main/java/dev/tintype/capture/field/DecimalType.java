package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;

/** A number. */
record DecimalType(double min, double max) implements FieldType.Scalar<Double> {
  @Override
  public Optional<Double> parse(JsonNode node) {
    return Numbers.isInRange(node, BigDecimal.valueOf(min), BigDecimal.valueOf(max))
        ? Optional.of(node.doubleValue())
        : Optional.empty();
  }

  @Override
  public JsonNode write(Double value) {
    return DecimalNode.valueOf(plain(value));
  }

  @Override
  public JsonNode spelled(String text) {
    return Numbers.spelled(text);
  }

  @Override
  public String allowed() {
    return "a number from " + plain(min).toPlainString() + " to " + plain(max).toPlainString();
  }

  @Override
  public ObjectNode schema() {
    return Schema.ofType("number").put("minimum", plain(min)).put("maximum", plain(max));
  }

  /** As short as it can be: 2 for 2.0. */
  private static BigDecimal plain(double value) {
    BigDecimal shortest = BigDecimal.valueOf(value).stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
