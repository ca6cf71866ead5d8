package dev.tintype.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;

/** Writes and reads the house's own values. Thread-safe. */
public final class Json {
  /**
   * Deep enough for every body that means something, shallow enough to refuse a tower of brackets
   * before it costs.
   */
  public static final int MAX_DEPTH = 32;

  public static final ObjectMapper MAPPER = mapper();

  private static final ObjectMapper WIRE = MAPPER.copy().registerModule(new WireTimes());

  private Json() {}

  private static ObjectMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            // A newer process may have written a field that this one does not know yet.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // What is a client's own is given back to it: 1e400 is no double, and 0.10 not 0.1.
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    return mapper;
  }

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes what leaves the server. It differs from what is stored by its times, see {@link
   * WireTimes}: stored values are read by earlier builds, too.
   */
  public static String writeWire(Object value) {
    try {
      return WIRE.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both objects in a new one; where they differ, what is above counts, field by field. */
  public static ObjectNode merged(ObjectNode below, ObjectNode above) {
    ObjectNode merged = below.deepCopy();
    for (var property : above.properties()) {
      JsonNode known = merged.get(property.getKey());
      JsonNode value = property.getValue();
      merged.set(
          property.getKey(),
          known instanceof ObjectNode group && value instanceof ObjectNode fields
              ? merged(group, fields)
              : value.deepCopy());
    }
    return merged;
  }
}
