package dev.tintype.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where the API is.
 *
 * @param root without a slash at its end; may have a path, as it is behind some proxies
 */
record ServerAddress(String root) {
  static final String DEFAULT = "http://127.0.0.1:8080";

  URI resolve(String path) {
    return URI.create(root + path);
  }

  boolean isDefault() {
    return root.equals(DEFAULT);
  }

  @Override
  public String toString() {
    return root;
  }

  /** Reads {@code --server}; {@code host:port} will do. */
  static final class Converter implements ITypeConverter<ServerAddress> {
    @Override
    public ServerAddress convert(String text) {
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
      throw new TypeConversionException(
          "\"" + text + "\" is no address of a server, as " + DEFAULT + " or host:port are");
    }
  }
}
