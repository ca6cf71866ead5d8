package dev.tintype.worker.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a deliverer.
 *
 * @param schedule pauses between the attempts of a delivery
 * @param timeout of one attempt as a whole: name, connection, response; well below the lease of a
 *     delivery
 * @param atOnce attempts in flight in this process
 * @param publicUrl prefix of links in webhooks, without a trailing slash; null for links that begin
 *     with the path
 */
public record WebhookConfig(
    RetrySchedule schedule, Duration timeout, int atOnce, @Nullable String publicUrl) {
  /** 15 s is what the specification asks for; an attempt in flight costs a socket and a few KiB. */
  public static final WebhookConfig DEFAULT =
      new WebhookConfig(RetrySchedule.DEFAULT, Duration.ofSeconds(15), 500, null);

  public WebhookConfig {
    if (timeout.toMillis() < 10 || atOnce < 1) {
      throw new IllegalArgumentException(
          "timeout is %s, atOnce %d; allowed is 10 ms or more, and 1 or more"
              .formatted(timeout, atOnce));
    }
  }
}
