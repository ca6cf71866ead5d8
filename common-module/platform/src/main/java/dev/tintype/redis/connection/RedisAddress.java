package dev.tintype.redis.connection;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where Redis is, and in which of its three shapes. */
sealed interface RedisAddress {
  /** What an operator may write. */
  String ALLOWED =
      "allowed are redis://[user:password@]host[:port][/database],"
          + " redis-sentinel://[user:password@]host[:port],host[:port][/database]#master and"
          + " redis-cluster://[user:password@]host[:port],host[:port],"
          + " each with rediss for TLS";

  /**
   * One master takes the writes: the only server, or the one that Sentinels name at every connect.
   */
  record OneMaster(RedisURI uri) implements RedisAddress {
    @Override
    public String toString() {
      // Not the URI's own text, which tells how long the password is.
      Stream<RedisURI> dialled =
          uri.getSentinels().isEmpty() ? Stream.of(uri) : uri.getSentinels().stream();
      return hosts(dialled);
    }
  }

  /** Several masters share the keys; any node tells where the others are. */
  record Cluster(List<RedisURI> seeds) implements RedisAddress {
    public Cluster {
      seeds = List.copyOf(seeds);
    }

    @Override
    public String toString() {
      return hosts(seeds.stream());
    }
  }

  /**
   * Reads an operator's URI.
   *
   * @param timeout how long a command may take
   * @throws IllegalArgumentException says what is allowed, and repeats nothing of the URI, which
   *     may hold a password
   */
  static RedisAddress of(String text, Duration timeout) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw refused("it is no URI (%s at character %d)".formatted(e.getReason(), e.getIndex()));
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (uri.getRawAuthority() == null) {
      throw refused("it names no host");
    }
    checkHosts(uri.getRawAuthority());
    return switch (scheme) {
      case "redis", "rediss" -> {
        if (hostsOf(uri.getRawAuthority()).contains(",")) {
          throw refused("several hosts are a cluster's or Sentinels'");
        }
        checkDatabase(uri);
        yield new OneMaster(timed(RedisURI.create(uri), timeout));
      }
      case "redis-sentinel", "rediss-sentinel" -> {
        if (uri.getFragment() == null || uri.getFragment().isEmpty()) {
          throw refused("Sentinels are asked for a master by name, and #master is missing");
        }
        checkDatabase(uri);
        RedisURI sentinels = timed(RedisURI.create(uri), timeout);
        sentinels.getSentinels().forEach(sentinel -> sentinel.setTimeout(timeout));
        yield new OneMaster(sentinels);
      }
      case "redis-cluster", "rediss-cluster" -> {
        if (uri.getPath() != null && !uri.getPath().matches("/?0?")) {
          throw refused("a cluster has no databases");
        }
        yield new Cluster(seeds(text.replaceFirst("-cluster", ""), timeout));
      }
      default -> throw refused("its scheme is none of a Redis");
    };
  }

  private static List<RedisURI> seeds(String text, Duration timeout) {
    List<RedisURI> seeds =
        RedisClusterURIUtil.toRedisURIs(URI.create(text.replaceFirst("-cluster", "")));
    seeds.forEach(seed -> seed.setTimeout(timeout));
    return seeds;
  }

  private static void checkHosts(String authority) {
    for (String host : hostsOf(authority).split(",", -1)) {
      if (!host.matches("([^:\\[\\]]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?")) {
        throw refused("a host is missing, or its port is no number");
      }
      int port = Integer.parseInt("0" + host.replaceFirst("^(\\[.*]|[^:]*):?", ""));
      if (port > 65_535) {
        throw refused("no port is above 65535");
      }
    }
  }

  private static void checkDatabase(URI uri) {
    if (uri.getPath() != null && !uri.getPath().matches("(/\\d{0,4})?")) {
      throw refused("its database is no number");
    }
  }

  private static String hostsOf(String authority) {
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static RedisURI timed(RedisURI uri, Duration timeout) {
    uri.setTimeout(timeout);
    return uri;
  }

  private static String hosts(Stream<RedisURI> uris) {
    return uris.map(uri -> uri.getHost() + ":" + uri.getPort()).collect(Collectors.joining(","));
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(why + "; " + ALLOWED);
  }
}
