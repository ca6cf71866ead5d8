package dev.tintype.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a webhook can be told. */
public enum WebhookEvent {
  SUCCEEDED("screenshot.succeeded"),
  FAILED("screenshot.failed"),
  CANCELLED("screenshot.cancelled"),
  EXPIRED("screenshot.expired"),
  /** The last job of a batch has ended. */
  BATCH("batch.finished"),
  /** Of no job: somebody wants to see whether an endpoint works. */
  TEST("webhook.test");

  private final String type;

  WebhookEvent(String type) {
    this.type = type;
  }

  /** The event that has this type. */
  public static Optional<WebhookEvent> ofType(String type) {
    return Arrays.stream(values()).filter(event -> event.type.equals(type)).findFirst();
  }

  /** How it is called in the body of a webhook: {@code screenshot.succeeded}. */
  public String type() {
    return type;
  }

  /** Whether it is the event of a finished job. */
  public boolean isOfJob() {
    return this != TEST && this != BATCH;
  }

  /** The short word, as in a request: {@code succeeded}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
