package dev.tintype.server;

/**
 * Where the state of an installation is.
 *
 * @param uri of Redis; may hold a password
 * @param namespace keeps several installations apart in one Redis
 * @param embedded whether this process runs that Redis
 */
record RedisConfig(String uri, String namespace, boolean embedded) {
  RedisConfig {
    // A brace would move the keys of one installation to different slots of a cluster.
    if (!namespace.matches("[^\\s{}]{1,100}")) {
      throw new StartException(
          "--namespace is \""
              + namespace
              + "\"; allowed are 1 to 100 characters without spaces and braces");
    }
  }

  /** The URI without user name and password, for logs. */
  String address() {
    if (embedded) {
      return "embedded";
    }
    int credentials = uri.lastIndexOf('@');
    int scheme = uri.indexOf("://");
    return credentials < 0 || scheme < 0
        ? uri
        : uri.substring(0, scheme + 3) + uri.substring(credentials + 1);
  }

  @Override
  public String toString() {
    return "RedisConfig[" + address() + ", " + namespace + "]";
  }
}
