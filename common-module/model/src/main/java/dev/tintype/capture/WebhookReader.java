package dev.tintype.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.capture.field.FieldError;
import dev.tintype.capture.field.FieldReader;
import dev.tintype.capture.field.Place;
import dev.tintype.capture.field.Values;
import dev.tintype.webhook.Webhook;
import java.util.List;
import java.util.Objects;

/** Reads what a capture holds under {@code webhook}, where it is a body of its own. */
public final class WebhookReader {
  private static final String GROUP = "/webhook";

  private WebhookReader() {}

  /**
   * Reads a body.
   *
   * @param secret name of the secret, unless the body names one
   * @throws InvalidCaptureException with every error, if there is one
   */
  public static Webhook read(JsonNode body, String secret) {
    if (!(body instanceof ObjectNode object)) {
      throw new InvalidCaptureException(
          List.of(
              new FieldError(
                  "", "must be a JSON object, such as {\"url\": \"https://example.com/hook\"}")));
    }
    if (!object.hasNonNull("url")) {
      throw new InvalidCaptureException(
          List.of(new FieldError("/url", "is missing; it must be " + JobWebhook.URL.allowed())));
    }
    FieldReader reader = new FieldReader(CaptureOptions.TABLE, Place.BODY).group(GROUP, object);
    InvalidCaptureException.throwIfAny(
        reader.errors().stream()
            .map(
                error ->
                    new FieldError(
                        error.name().substring(GROUP.length()), error.detail().replace(GROUP, "")))
            .toList());
    Values values = reader.values();
    return Objects.requireNonNull(
        JobWebhook.webhook(
            values.has(JobWebhook.SECRET) || object.hasNonNull("secret")
                ? values
                : values.with(JobWebhook.SECRET, secret)));
  }
}
