package dev.tintype.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A webhook on its way, as the server told it. Kept as JSON: {@code --json} passes on every field,
 * also those of a newer server.
 */
public record RemoteDelivery(JsonNode json) {
  /**
   * @throws IllegalArgumentException if it has no id
   */
  public RemoteDelivery {
    if (!isDelivery(json)) {
      throw new IllegalArgumentException("no delivery: a delivery has an id that begins with msg_");
    }
  }

  static boolean isDelivery(JsonNode json) {
    return json.path("id").asText("").startsWith("msg_");
  }

  /** Also the {@code webhook-id} of every try. */
  public String id() {
    return text("id");
  }

  /** {@code pending}, {@code sending}, {@code delivered}, {@code given_up}; a newer one's own. */
  public String state() {
    return text("state");
  }

  /** Whether its receiver has taken it. */
  public boolean isDelivered() {
    return state().equals("delivered");
  }

  /** When it was made; empty if the server does not say. */
  public Optional<Instant> createdAt() {
    try {
      return Optional.of(Instant.parse(text("createdAt")));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Text of a field, such as {@code type}, {@code url}, {@code dueAt}; empty if it is absent. */
  public String text(String field) {
    return json.path(field).asText("");
  }

  /** Every try that has ended, the first first. */
  public List<JsonNode> attempts() {
    return StreamSupport.stream(json.path("attempts").spliterator(), false).toList();
  }
}
