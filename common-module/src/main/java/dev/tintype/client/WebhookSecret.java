package dev.tintype.client;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What sender and receiver of webhooks share (Standard Webhooks). Thread-safe. */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int FEWEST_BYTES = 24;
  private static final int MOST_BYTES = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private WebhookSecret(byte[] bytes) {
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * Reads a secret: {@code whsec_} and the base64 of 24 to 64 bytes.
   *
   * @throws IllegalArgumentException if it is none; the message does not repeat it
   */
  public static WebhookSecret parse(String text) {
    if (text.startsWith(PREFIX)) {
      try {
        byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        if (bytes.length >= FEWEST_BYTES && bytes.length <= MOST_BYTES) {
          return new WebhookSecret(bytes);
        }
      } catch (IllegalArgumentException e) {
        // Answered below; the decoder's own words would show a part of the secret.
      }
    }
    throw new IllegalArgumentException(
        "the secret is not whsec_ followed by the base64 of 24 to 64 bytes");
  }

  /** The text of a secret of these bytes. */
  static String spell(byte[] bytes) {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The signature of one event.
   *
   * @param id of the event, the same on every try
   * @param timestamp seconds since 1970, as the header has it
   * @param body to the byte
   */
  public String sign(String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return WebhookVerifier.VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return PREFIX + "...";
  }
}
