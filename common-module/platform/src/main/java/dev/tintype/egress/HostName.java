package dev.tintype.egress;

import java.net.URI;
import java.util.Optional;

/**
 * The one name of a host, by which captures are counted and found: every spelling that a browser
 * reads as the same host has the same name. {@code Example.COM.} is {@code example.com}, and {@code
 * 0x7f.1} is {@code 127.0.0.1}.
 *
 * <p>Thread-safe.
 */
public final class HostName {
  private HostName() {}

  /**
   * Of the host of a URL.
   *
   * @return empty if it has none that a browser would take
   */
  public static Optional<String> of(URI url) {
    try {
      return Optional.of(of(written(url)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Of a host as it stands in a URL.
   *
   * @return lower case, ASCII, without a trailing dot; an address without brackets
   * @throws IllegalArgumentException if a browser would not take it
   */
  public static String of(String host) {
    return Host.parse(host).toString();
  }

  /**
   * As it stands there; empty if there is none. {@link URI#getHost} is null for hosts that a
   * browser takes (0x7f.1, my_host.example), and what it does not see must be judged all the same.
   */
  static String written(URI url) {
    if (url.getHost() != null) {
      return url.getHost();
    }
    String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = hostAndPort.lastIndexOf(':');
    return colon > hostAndPort.lastIndexOf(']') ? hostAndPort.substring(0, colon) : hostAndPort;
  }
}
