package dev.tintype.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a webhook comes from who has the secret, unchanged, and now (Standard Webhooks).
 * Thread-safe.
 *
 * <pre>{@code
 * var verifier = WebhookVerifier.of(System.getenv("WEBHOOK_SECRET"));
 * verifier.verify(request::getHeader, body); // before the body is read as JSON
 * }</pre>
 */
public final class WebhookVerifier {
  /** Names the id of the event; the same on every try, so that a receiver can know it again. */
  public static final String ID = "webhook-id";

  /** Names the time of the try, in seconds since 1970. */
  public static final String TIMESTAMP = "webhook-timestamp";

  /** Names the signatures, separated by spaces: several while a secret is replaced. */
  public static final String SIGNATURE = "webhook-signature";

  static final String VERSION = "v1,";

  // Stops whoever has recorded a webhook from sending it again; clocks that are not set differ
  // less.
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

  private final List<SigningKey> secrets;
  private final InstantSource clock;

  /**
   * @param secrets any of them will do; at least one
   */
  public WebhookVerifier(List<SigningKey> secrets, InstantSource clock) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("there is no secret; at least one is needed");
    }
    this.secrets = List.copyOf(secrets);
    this.clock = clock;
  }

  /**
   * A verifier with the clock of this machine.
   *
   * @throws IllegalArgumentException if it is no secret
   */
  public static WebhookVerifier of(String secret) {
    return new WebhookVerifier(List.of(SigningKey.parse(secret)), InstantSource.system());
  }

  /**
   * Returns if the webhook is genuine.
   *
   * @param headers finds a header by its name, whatever its case; null if it is not there
   * @param body to the byte as it came
   */
  public void verify(Function<String, @Nullable String> headers, byte[] body)
      throws InvalidWebhookException {
    String id = required(headers, ID);
    String timestamp = required(headers, TIMESTAMP);
    String signatures = required(headers, SIGNATURE);
    checkAge(timestamp);
    for (SigningKey secret : secrets) {
      byte[] expected = bytes(secret.sign(id, timestamp, body));
      for (String signature : signatures.split(" ", -1)) {
        // In constant time: how long a comparison takes must not tell how much of it was right.
        if (MessageDigest.isEqual(expected, bytes(signature))) {
          return;
        }
      }
    }
    throw new InvalidWebhookException(
        "no signature in "
            + SIGNATURE
            + " is that of the secret; another secret, or a body that was changed on the way");
  }

  private void checkAge(String timestamp) throws InvalidWebhookException {
    if (!SECONDS.matcher(timestamp).matches()) {
      throw new InvalidWebhookException(TIMESTAMP + " is not a number of seconds since 1970");
    }
    Duration age =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
    if (age.abs().compareTo(TOLERANCE) > 0) {
      throw new InvalidWebhookException(
          "%s is %d s %s; allowed are %d s"
              .formatted(
                  TIMESTAMP,
                  age.abs().toSeconds(),
                  age.isNegative() ? "ahead" : "old",
                  TOLERANCE.toSeconds()));
    }
  }

  private static String required(Function<String, @Nullable String> headers, String name)
      throws InvalidWebhookException {
    String value = headers.apply(name);
    if (value == null || value.isBlank()) {
      throw new InvalidWebhookException("the header " + name + " is missing");
    }
    return value.strip();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
