package dev.tintype.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.json.Json;
import dev.tintype.webhook.WebhookEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What a webhook sends of each event. The deliverer's test holds what it writes against these, the
 * API's test the OpenAPI document: neither sees the other, and both say the same.
 */
public final class WebhookBodies {
  private WebhookBodies() {}

  public static JsonNode of(WebhookEvent event) {
    try (InputStream in = WebhookBodies.class.getResourceAsStream("webhook-bodies.json")) {
      return Json.MAPPER.readTree(in).required(event.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
