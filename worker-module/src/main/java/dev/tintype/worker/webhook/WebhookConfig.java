package dev.tintype.worker.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a deliverer needs to know.
 *
 * @param schedule when it tries again
 * @param timeout of one try as a whole: name, connection, answer; well under the lease of a
 *     delivery
 * @param atOnce tries that one process has under way
 * @param publicUrl what links in webhooks begin with, without a slash at the end; null for links
 *     that begin at the path
 */
public record WebhookConfig(
    RetrySchedule schedule, Duration timeout, int atOnce, @Nullable String publicUrl) {
  /** 15 s is what the specification asks for; a try costs a socket and a few KiB. */
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
