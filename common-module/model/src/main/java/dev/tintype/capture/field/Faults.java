package dev.tintype.capture.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/** Collects what is wrong with one value, and where inside of it. */
public final class Faults {
  private static final int MAX_EXCERPT = 60;

  private final BiConsumer<String, String> sink;
  private final String path;
  private final boolean isSecret;

  /**
   * @param sink takes the path inside the value, as a JSON pointer, and the detail
   * @param isSecret whether no part of the value may be repeated in an error
   */
  Faults(boolean isSecret, BiConsumer<String, String> sink) {
    this(isSecret, "", sink);
  }

  private Faults(boolean isSecret, String path, BiConsumer<String, String> sink) {
    this.isSecret = isSecret;
    this.path = path;
    this.sink = sink;
  }

  /** The faults of a part of the value. */
  Faults at(String part) {
    return new Faults(isSecret, path + "/" + part, sink);
  }

  /** Adds that something else is allowed. */
  void refuse(String allowed, JsonNode actual) {
    add("must be " + allowed + (isSecret ? "" : " (got " + excerpt(actual) + ")"));
  }

  /** Adds a fault: the rest of a sentence that begins with the name of the field. */
  void add(String detail) {
    sink.accept(path, detail);
  }

  private static String excerpt(JsonNode node) {
    String text = node.toString();
    return text.length() <= MAX_EXCERPT ? text : text.substring(0, MAX_EXCERPT - 3) + "...";
  }
}
