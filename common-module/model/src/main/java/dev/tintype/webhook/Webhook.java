package dev.tintype.webhook;

import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody who wants to be called when a job ends.
 *
 * @param url absolute, http or https, with a host and without a user
 * @param events of which ends; at least one
 * @param secret name of the tenant's secret that signs
 */
public record Webhook(String url, Set<WebhookEvent> events, String secret) {
  /** The secret of those who name none. */
  public static final String DEFAULT_SECRET = "default";

  /** How a secret may be called; the name becomes part of addresses. */
  public static final Pattern SECRET_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  /** Every end that a job can have. */
  public static final Set<WebhookEvent> ALL_EVENTS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(WebhookEvent.TEST)));

  public Webhook {
    if (events.isEmpty() || !ALL_EVENTS.containsAll(events)) {
      throw new IllegalArgumentException("events are " + events + "; allowed are " + ALL_EVENTS);
    }
    if (!SECRET_NAME.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "not the name of a secret: up to 63 of a-z, 0-9, _ and - are");
    }
    receiverOf(url);
    // In one order, so that equal ones are written alike.
    events = Collections.unmodifiableSet(EnumSet.copyOf(events));
  }

  /** Who listens there, as {@code host:port}. Those that have it in common share a lane. */
  public String receiver() {
    return receiverOf(url);
  }

  /** Whether a webhook can have this address. */
  public static boolean isUrl(String url) {
    try {
      receiverOf(url);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String receiverOf(String url) {
    URI uri = URI.create(url);
    String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https"))
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getPort() == 0
        || uri.getPort() > 65_535) {
      throw new IllegalArgumentException(
          "the url of a webhook is http or https, with a host, a port of 1 to 65535 if any, and"
              + " without a user");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("http") ? 80 : 443;
    return uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }
}
