package dev.tintype.worker.browser;

import java.util.Locale;

/**
 * Why the browser got no connection to a host. Behind a proxy Chromium itself knows no more than
 * {@code ERR_TUNNEL_CONNECTION_FAILED}, or shows the proxy's own 403 or 502.
 *
 * @param host as the browser wrote it, without a port
 * @param message for the client: names the host, the limit if one passed, and no address that the
 *     host resolved to
 */
public record EgressFault(Kind kind, String host, String message) {
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
}
