package dev.tintype.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.webhook.SigningKey;
import dev.tintype.webhook.WebhookVerifier;
import java.util.ArrayList;
import java.util.List;

/** What the server signs with, as it told it. Kept as JSON. */
public record RemoteSecret(JsonNode json) {
  /**
   * @throws IllegalArgumentException if it has no key
   */
  public RemoteSecret {
    if (!isSecret(json)) {
      throw new IllegalArgumentException("no secret: a secret has a name and a key");
    }
  }

  static boolean isSecret(JsonNode json) {
    return json.path("name").isTextual() && json.path("key").isTextual();
  }

  public String name() {
    return json.path("name").asText();
  }

  /** The newest key, {@code whsec_} and base64. */
  public String key() {
    return json.path("key").asText();
  }

  /** Every key that signs, the newest first, for a {@link WebhookVerifier}. */
  public List<SigningKey> keys() {
    List<SigningKey> keys = new ArrayList<>();
    keys.add(SigningKey.parse(key()));
    json.path("older").forEach(older -> keys.add(SigningKey.parse(older.path("key").asText())));
    return List.copyOf(keys);
  }

  /** Tells no key. */
  @Override
  public String toString() {
    return "secret " + name();
  }
}
