package dev.tintype.queue;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a tenant and its receivers share, by name.
 *
 * @param key the one that signs from now on, {@code whsec_...}
 * @param older those that sign beside it for a while, so that a receiver can change over
 */
public record WebhookSecret(String name, String key, List<Older> older) {
  private static final String PREFIX = "whsec_";

  public WebhookSecret {
    older = List.copyOf(older);
  }

  /** A new key: 32 bytes, as many as HMAC-SHA256 makes use of. */
  public static String newKey(RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /** Whether it is {@code whsec_} and the base64 of 24 to 64 bytes, as Standard Webhooks wants. */
  public static boolean isKey(String text) {
    try {
      int length = text.startsWith(PREFIX) ? bytes(text).length : 0;
      return length >= 24 && length <= 64;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * What a key signs with.
   *
   * @throws IllegalArgumentException if it is no base64 behind {@code whsec_}
   */
  public static byte[] bytes(String key) {
    return Base64.getDecoder().decode(key.substring(PREFIX.length()));
  }

  /** A key whose time ends. */
  public record Older(String key, Instant until) {}

  @Override
  public String toString() {
    return "secret " + name;
  }
}
