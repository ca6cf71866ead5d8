package dev.tintype.worker.egress;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a browser asks its proxy to go (RFC 9112 section 3.2). Read by hand, because browsers leave
 * characters in paths that {@link java.net.URI} does not take.
 *
 * @param host as written; IPv6 in brackets
 * @param port 1 to 65535
 * @param path path and query for the origin server; empty for a tunnel
 */
record EgressTarget(String host, int port, String path) {
  private static final String HTTP = "http://";

  // 253 characters, a trailing dot, and room for nothing else.
  private static final int MAX_HOST = 254;

  /** The target of a CONNECT: {@code host:port}. */
  static Optional<EgressTarget> ofTunnel(String authority) {
    return ofAuthority(authority, -1, "");
  }

  /** The target of every other method: {@code http://host[:port]/path?query}. */
  static Optional<EgressTarget> ofAbsolute(String url) {
    if (!url.toLowerCase(Locale.ROOT).startsWith(HTTP)) {
      return Optional.empty();
    }
    int end = HTTP.length();
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String path = url.substring(end);
    int fragment = path.indexOf('#');
    path = fragment < 0 ? path : path.substring(0, fragment);
    String authority = url.substring(HTTP.length(), end);
    return ofAuthority(
        authority.substring(authority.lastIndexOf('@') + 1),
        80,
        path.startsWith("/") ? path : "/" + path);
  }

  private static Optional<EgressTarget> ofAuthority(String authority, int usualPort, String path) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    int port = hasPort ? port(authority.substring(colon + 1), usualPort) : usualPort;
    return host.isEmpty() || host.length() > MAX_HOST || port < 1 || port > 65535
        ? Optional.empty()
        : Optional.of(new EgressTarget(host, port, path));
  }

  private static int port(String text, int usualPort) {
    if (text.isEmpty()) {
      return usualPort;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The value of a Host header. */
  String authority() {
    return port == 80 ? host : host + ":" + port;
  }
}
