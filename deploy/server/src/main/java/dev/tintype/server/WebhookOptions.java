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
  // The outbox abandons a delivery after seven days, and each delay may be 20 % longer.
  private static final Duration LONGEST = Limits.DEFAULT.age().multipliedBy(5).dividedBy(6);

  // The outbox abandons a delivery after fifty attempts, whatever its schedule.
  private static final int MOST = 40;

  @Option(
      names = "--webhook-schedule",
      paramLabel = "DURATION",
      split = ",",
      defaultValue = "5s,5m,30m,2h,5h,10h,14h,20h,24h",
      converter = DurationConverter.class,
      description =
          "Delays before each retry of a failed webhook; each varies by up to a fifth at random. Default: ${DEFAULT-VALUE}.")
  private List<Duration> schedule = new ArrayList<>();

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description =
          "Public address of the API, such as https://shots.example.com, for the links in webhooks. Default: links are paths without a host.")
  private @Nullable String publicUrl;

  WebhookConfig config() {
    Duration all = schedule.stream().reduce(Duration.ZERO, Duration::plus);
    if (all.compareTo(LONGEST) > 0) {
      throw new StartException(
          "--webhook-schedule takes %d h in total; allowed is up to %d h"
              .formatted(all.toHours(), LONGEST.toHours()));
    }
    if (schedule.size() > MOST) {
      throw new StartException(
          "--webhook-schedule has %d delays; allowed is up to %d".formatted(schedule.size(), MOST));
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

  /** The public address of the API, without a trailing slash. */
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
        // Reported below, with every other invalid text.
      }
      throw new TypeConversionException(
          "is \"" + text + "\"; allowed is an address such as https://shots.example.com");
    }
  }
}
