package dev.tintype.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A master, its replica, and three Sentinels that watch them, for the tests of one class. */
public final class RedisSentinels implements BeforeAllCallback, AfterAllCallback {
  private static final String MASTER = "main";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RedisServer first = RedisServer.available();
  private final List<RedisServer> servers = new ArrayList<>();
  private final List<RedisProcess> sentinels = new ArrayList<>();
  private final List<RedisURI> addresses = new ArrayList<>();
  private final RedisClient client = RedisClient.create();

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    servers.add(first.start());
    servers.add(
        RedisServer.available(
                "--replicaof",
                "127.0.0.1 " + first.port(),
                "--repl-diskless-sync",
                "yes",
                "--repl-diskless-sync-delay",
                "0")
            .start());
    for (int i = 0; i < 3; i++) {
      watch();
    }
    for (RedisURI address : addresses) {
      Eventually.holds(
          "every Sentinel knows the others and the replica",
          PATIENCE,
          () -> {
            try (var sentinel = client.connectSentinel(address)) {
              var seen = sentinel.sync().master(MASTER);
              return "2".equals(seen.get("num-other-sentinels"))
                  && "1".equals(seen.get("num-slaves"))
                  && sentinel.sync().replicas(MASTER).stream()
                      .allMatch(replica -> "ok".equals(replica.get("master-link-status")));
            }
          });
    }
  }

  private void watch() throws IOException {
    int port = RedisServer.freePort();
    // A Sentinel writes what it learns into its configuration.
    Path folder = Files.createTempDirectory("tintype-sentinel");
    Path configuration = folder.resolve("sentinel.conf");
    Files.writeString(
        configuration,
        """
        port %d
        bind 127.0.0.1
        dir %s
        sentinel monitor %s 127.0.0.1 %d 2
        sentinel down-after-milliseconds %s 1000
        sentinel failover-timeout %s 5000
        """
            .formatted(port, folder, MASTER, first.port(), MASTER, MASTER));
    sentinels.add(
        RedisProcess.start(
            List.of(first.executable().getPath(), configuration.toString(), "--sentinel")));
    addresses.add(RedisURI.Builder.sentinel("127.0.0.1", port, MASTER).build());
  }

  public String uri() {
    return addresses.stream()
        .flatMap(address -> address.getSentinels().stream())
        .map(sentinel -> sentinel.getHost() + ":" + sentinel.getPort())
        .collect(Collectors.joining(",", "redis-sentinel://", "#" + MASTER));
  }

  /** The server that the Sentinels call the master now. */
  public RedisServer master() {
    try (var sentinel = client.connectSentinel(addresses.get(0))) {
      var address =
          (InetSocketAddress) Objects.requireNonNull(sentinel.sync().getMasterAddrByName(MASTER));
      return servers.stream()
          .filter(server -> server.port() == address.getPort())
          .findFirst()
          .orElseThrow();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    client.shutdown();
    sentinels.forEach(RedisProcess::stop);
    servers.forEach(RedisServer::close);
  }
}
