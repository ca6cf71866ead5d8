package dev.tintype.capture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.json.Json;
import dev.tintype.webhook.Webhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Captures that are asked for together.
 *
 * @param captures 1 to {@link #MOST_CAPTURES}; none may be answered by another's image
 * @param webhook whom to call when the last of them has ended; null for nobody but the tenant's
 *     endpoints
 * @param metadata a JSON object of the client's own, given back wherever the batch is shown
 */
public record BatchRequest(
    List<CaptureRequest> captures, @Nullable Webhook webhook, @Nullable String metadata) {
  public static final int MOST_CAPTURES = 1_000;

  public BatchRequest {
    captures = List.copyOf(captures);
    if (captures.isEmpty() || captures.size() > MOST_CAPTURES) {
      throw new IllegalArgumentException(
          captures.size() + " captures; allowed are 1 to " + MOST_CAPTURES);
    }
  }

  /** The request as its shortest body: equal requests have equal bodies. */
  public ObjectNode canonical() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray("captures");
    captures.forEach(capture -> list.add(capture.canonical()));
    if (webhook != null) {
      body.set("webhook", Json.MAPPER.valueToTree(webhook));
    }
    return body.put("metadata", metadata);
  }
}
