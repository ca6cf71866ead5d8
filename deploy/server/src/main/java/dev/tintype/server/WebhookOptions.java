package dev.tintype.server;

import dev.tintype.cli.command.DurationConverter;
import dev.tintype.redis.outbox.RedisWebhookOutbox.Limits;
import dev.tintype.worker.webhook.RetrySchedule;
import dev.tintype.worker.webhook.WebhookConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Flags of processes that deliver webhooks. */
final class WebhookOptions {
  // A delivery is given up when it is seven days old, and each pause may be a fifth longer.
  private static final Duration LONGEST = Limits.DEFAULT.age().multipliedBy(5).dividedBy(6);

  // What was tried fifty times has no schedule that ends, as the outbox sees it.
  private static final int MOST = 40;

  @Option(
      names = "--webhook-schedule",
      paramLabel = "DURATION",
      split = ",",
      defaultValue = "5s,5m,30m,2h,5h,10h,14h,20h,24h",
      converter = DurationConverter.class,
      description =
          "The pauses after the tries of a webhook that failed, each a fifth longer or shorter by chance. Default: ${DEFAULT-VALUE}.")
  private List<Duration> schedule = new ArrayList<>();

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description =
          "What links in webhooks begin with, such as https://shots.example.com. Default: they begin at the path.")
  private @Nullable String publicUrl;

  WebhookConfig config() {
    Duration all = schedule.stream().reduce(Duration.ZERO, Duration::plus);
    if (all.compareTo(LONGEST) > 0) {
      throw new StartException(
          "--webhook-schedule takes %d h in all; allowed is up to %d h"
              .formatted(all.toHours(), LONGEST.toHours()));
    }
    if (schedule.size() > MOST) {
      throw new StartException(
          "--webhook-schedule has %d pauses; allowed is up to %d".formatted(schedule.size(), MOST));
    }
    WebhookConfig usual = WebhookConfig.DEFAULT;
    try {
      return new WebhookConfig(
          new RetrySchedule(schedule, RetrySchedule.DEFAULT.jitter()),
          usual.timeout(),
          usual.atOnce(),
          publicUrl);
    } catch (IllegalArgumentException e) {
      throw new StartException("--webhook-schedule: " + e.getMessage(), e);
    }
  }

  /** The address of the API as others see it, without a slash at its end. */
  static final class UrlConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        URI url = URI.create(text);
        if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
            && url.getHost() != null
            && url.getRawQuery() == null) {
          return text.replaceFirst("/+$", "");
        }
      } catch (IllegalArgumentException e) {
        // Said below, for every text that is none.
      }
      throw new TypeConversionException(
          "is \"" + text + "\"; allowed is an address such as https://shots.example.com");
    }
  }
}
