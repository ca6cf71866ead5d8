package dev.tintype.worker.egress;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why the browser got no connection to a host. Behind a proxy Chromium itself knows no more than
 * {@code ERR_TUNNEL_CONNECTION_FAILED}, or shows the proxy's own 403 or 502.
 *
 * @param host as the browser wrote it, without a port
 * @param message for the client: names the host, the limit if one passed, and no address that the
 *     host resolved to
 */
public record EgressFault(Kind kind, String host, String message) {
  /**
   * Marks an answer of the proxy's own; its value is {@link #headerValue}. The proxy lets no server
   * send it, so that a plain answer with it is the proxy's for certain.
   */
  static final String HEADER = "tintype-egress-fault";

  /** What went wrong. */
  public enum Kind {
    /** The egress policy forbids the host. */
    REFUSED,
    /** The name service knows no address, or gave no answer in time. */
    UNRESOLVED,
    /** No address took the connection, or the server closed it before it answered. */
    UNREACHABLE;

    private final String word = name().toLowerCase(Locale.ROOT);

    @Override
    public String toString() {
      return word;
    }
  }

  String headerValue() {
    // The host and the message have what the browser wrote; a header takes less.
    return (kind + " " + host + " " + message).replaceAll("[^ -~]", "?");
  }

  /**
   * The fault that a response of the proxy reports.
   *
   * @param headers of the response, names in lower case
   * @return null if the response is not the proxy's own
   */
  public static @Nullable EgressFault in(Map<String, String> headers) {
    String value = headers.get(HEADER);
    return value == null ? null : ofHeader(value);
  }

  private static @Nullable EgressFault ofHeader(String value) {
    String[] parts = value.split(" ", 3);
    for (Kind kind : Kind.values()) {
      if (parts.length == 3 && kind.toString().equals(parts[0])) {
        return new EgressFault(kind, parts[1], parts[2]);
      }
    }
    return null;
  }
}
