package dev.tintype.capture;

import static dev.tintype.capture.field.Types.callAddress;
import static dev.tintype.capture.field.Types.name;
import static dev.tintype.capture.field.Types.words;

import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.OptionGroup;
import dev.tintype.capture.field.Rule;
import dev.tintype.capture.field.Rule.Violation;
import dev.tintype.capture.field.Values;
import dev.tintype.webhook.Webhook;
import dev.tintype.webhook.WebhookEvent;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The webhook of a single job; a {@link Webhook} when it is read. */
public final class JobWebhook {
  public static final Field<String> URL =
      Field.at("/webhook/url", "webhookUrl", callAddress(2048))
          .describedAs(
              "URL that receives a POST when the job ends, signed as Standard Webhooks defines.");

  public static final Field<Set<WebhookEvent>> EVENTS =
      Field.at("/webhook/events", "webhookEvents", words(Webhook.ALL_EVENTS))
          .describedAs("Outcomes that trigger the webhook; all of them by default.");

  public static final Field<String> SECRET =
      Field.at(
              "/webhook/secret",
              "webhookSecret",
              name(
                  Webhook.SECRET_NAME,
                  "a name of up to 63 of a-z, 0-9, _ and -, beginning with a letter or digit"))
          .byDefault(Webhook.DEFAULT_SECRET)
          .describedAs("Name of the secret that signs the webhook.");

  static final OptionGroup GROUP =
      OptionGroup.of("Webhook", URL, EVENTS, SECRET)
          .under(
              Rule.requires(EVENTS, URL),
              Rule.requires(SECRET, URL),
              Rule.check(JobWebhook::eventsAreOfJobs, EVENTS));

  private JobWebhook() {}

  /** The webhook of a request; null for none. */
  static @Nullable Webhook webhook(Values values) {
    String url = values.find(URL);
    if (url == null) {
      return null;
    }
    Set<WebhookEvent> events = values.find(EVENTS);
    return new Webhook(url, events == null ? Webhook.ALL_EVENTS : events, values.get(SECRET));
  }

  private static Optional<Violation> eventsAreOfJobs(Values values) {
    Set<WebhookEvent> events = values.find(EVENTS);
    return events == null || !events.contains(WebhookEvent.BATCH)
        ? Optional.empty()
        : Optional.of(
            Violation.of(
                EVENTS,
                "holds batch, which no single capture triggers; give the batch a webhook of its"
                    + " own"));
  }
}
