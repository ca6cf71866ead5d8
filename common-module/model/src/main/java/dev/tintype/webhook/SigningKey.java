package dev.tintype.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that sender and receiver of webhooks share (Standard Webhooks): {@code whsec_} followed
 * by the base64 of 24 to 64 bytes. Thread-safe.
 */
public final class SigningKey {
  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;
  // As many as HMAC-SHA256 makes use of.
  private static final int NEW_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] bytes;

  private SigningKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new key of 32 random bytes. */
  public static SigningKey random(RandomGenerator random) {
    byte[] bytes = new byte[NEW_BYTES];
    random.nextBytes(bytes);
    return new SigningKey(bytes);
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException if the text is not a key; the message does not repeat it
   */
  public static SigningKey parse(String text) {
    if (text.startsWith(PREFIX)) {
      try {
        byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        if (bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES) {
          return new SigningKey(bytes);
        }
      } catch (IllegalArgumentException e) {
        // Reported below. The decoder's own message would show a part of the secret.
      }
    }
    throw new IllegalArgumentException(
        "the secret is not whsec_ followed by the base64 of 24 to 64 bytes");
  }

  /** Whether {@link #parse} accepts the text. */
  public static boolean isValid(String text) {
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The signature of one delivery, {@code v1,} and base64.
   *
   * @param id of the event, the same on every attempt
   * @param timestamp seconds since 1970, as in the header {@code webhook-timestamp}
   * @param body the exact bytes of the body
   */
  public String sign(String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return WebhookVerifier.VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** The key as text, {@code whsec_...}. It is a secret: never log it. */
  public String text() {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return PREFIX + "...";
  }
}
