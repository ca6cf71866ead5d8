package dev.tintype.outbox;

import java.util.regex.Pattern;

/**
 * The name of a delivery, and its {@code webhook-id}: the same for all of its attempts, so that a
 * receiver can tell what it has seen before. It holds no dot, as Standard Webhooks wants it.
 */
public record DeliveryId(String value) {
  private static final Pattern FORM = Pattern.compile("msg_[a-z0-9_]{1,100}");

  public DeliveryId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "not the id of a delivery: msg_ and up to 100 of a-z, 0-9 and _ are");
    }
  }

  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
