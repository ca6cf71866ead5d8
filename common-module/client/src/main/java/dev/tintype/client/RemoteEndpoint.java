package dev.tintype.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** Whom the server calls at the end of every job, as it told it. Kept as JSON. */
public record RemoteEndpoint(JsonNode json) {
  /**
   * @throws IllegalArgumentException if it has no id
   */
  public RemoteEndpoint {
    if (!isEndpoint(json)) {
      throw new IllegalArgumentException("no endpoint: an endpoint has an id that begins with ep_");
    }
  }

  static boolean isEndpoint(JsonNode json) {
    return json.path("id").asText("").startsWith("ep_");
  }

  public String id() {
    return json.path("id").asText();
  }

  /** The address that is called. */
  public String url() {
    return json.path("url").asText("");
  }

  /** The events that it receives, in their short form: {@code succeeded}. */
  public List<String> events() {
    return StreamSupport.stream(json.path("events").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** Name of the secret that signs. */
  public String secret() {
    return json.path("secret").asText("");
  }

  /** Whether its receiver has said that it wants no more, and is not called. */
  public boolean isDisabled() {
    return json.hasNonNull("disabledAt");
  }

  /** Without the key, which a new one has with it. */
  @Override
  public String toString() {
    return id() + " " + url();
  }
}
