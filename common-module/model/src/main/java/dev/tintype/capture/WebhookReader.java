package dev.tintype.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.webhook.Webhook;
import java.util.List;

/** Reads what stands in a capture under {@code webhook}, where it stands for itself. */
public final class WebhookReader {
  private static final String GROUP = "/webhook";

  private WebhookReader() {}

  /**
   * Reads a body.
   *
   * @param secret name of the secret of a body that names none
   * @throws InvalidCaptureException with every error, if there is one
   */
  public static Webhook read(JsonNode body, String secret) {
    if (!(body instanceof ObjectNode fields)) {
      throw new InvalidCaptureException(
          List.of(
              new FieldError(
                  "", "is not a JSON object, such as {\"url\": \"https://example.com/hook\"}")));
    }
    if (!fields.hasNonNull("url")) {
      throw new InvalidCaptureException(
          List.of(new FieldError("/url", "is missing; it is the address that is called")));
    }
    ObjectNode named = fields.deepCopy();
    if (!fields.hasNonNull("secret")) {
      named.put("secret", secret);
    }
    try {
      return CaptureReader.readWebhook(named);
    } catch (InvalidCaptureException e) {
      throw new InvalidCaptureException(
          e.errors().stream()
              .map(
                  error ->
                      new FieldError(
                          error.pointer().substring(GROUP.length()),
                          error.detail().replace(GROUP, "")))
              .toList());
    }
  }
}
