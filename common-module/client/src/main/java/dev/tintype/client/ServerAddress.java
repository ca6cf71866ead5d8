package dev.tintype.client;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the API is.
 *
 * @param root without a slash at its end; may have a path, as it is behind some proxies
 */
public record ServerAddress(String root) {
  /** Where {@code tintype serve} listens by default. */
  public static final ServerAddress DEFAULT = new ServerAddress("http://127.0.0.1:8080");

  /**
   * Reads an address; {@code host:port} will do.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ServerAddress parse(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isHttp
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return new ServerAddress(uri.toString().replaceFirst("/+$", ""));
      }
    } catch (URISyntaxException e) {
      // Answered below.
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is no address of a server, as " + DEFAULT + " or host:port are");
  }

  /** The address of a resource, given by its path from the root of the API. */
  public URI resolve(String path) {
    return URI.create(root + path);
  }

  @Override
  public String toString() {
    return root;
  }
}
