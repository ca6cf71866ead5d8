package dev.tintype.webhook;

/** What came is not, or not provably, a webhook of the platform: to be answered with 400. */
public final class InvalidWebhookException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidWebhookException(String message) {
    super(message);
  }
}
