package dev.tintype.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real cluster of three masters with a replica each, on free ports of loopback. Made once for all
 * test classes of a JVM, because it takes seconds; whoever kills a node calls {@link #heal} after.
 */
public final class RedisCluster implements BeforeAllCallback {
  private static final int MASTERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private @Nullable Nodes nodes;

  @Override
  public void beforeAll(ExtensionContext context) {
    nodes =
        context
            .getRoot()
            .getStore(Namespace.create(RedisCluster.class))
            .getOrComputeIfAbsent(Nodes.class, key -> Nodes.start(), Nodes.class);
  }

  /** Names two of its six nodes: a client finds the others. */
  public String uri() {
    return nodes().servers.stream()
        .limit(2)
        .map(server -> "127.0.0.1:" + server.port())
        .collect(Collectors.joining(",", "redis-cluster://", ""));
  }

  /** The master that holds a key now. */
  public RedisServer masterOf(String key) {
    return nodes().masterOf(SlotHash.getSlot(key));
  }

  /** Starts what was killed, and waits until every master has its replica again. */
  public void heal() throws IOException {
    for (RedisServer server : nodes().servers) {
      if (!server.isRunning()) {
        server.restart();
      }
    }
    nodes().awaitReplicas();
  }

  private Nodes nodes() {
    return Objects.requireNonNull(nodes, "JUnit calls beforeAll first");
  }

  private static final class Nodes implements AutoCloseable {
    private final List<RedisServer> servers = new ArrayList<>();
    private final RedisClient client = RedisClient.create();

    static Nodes start() {
      var nodes = new Nodes();
      try {
        for (int i = 0; i < 2 * MASTERS; i++) {
          nodes.servers.add(aNode().start(freePortPair()));
        }
      } catch (IOException e) {
        nodes.close();
        throw new UncheckedIOException(e);
      }
      nodes.introduce();
      nodes.assignSlots();
      nodes.assignReplicas();
      nodes.awaitReplicas();
      return nodes;
    }

    private static RedisServer aNode() {
      return RedisServer.available(
          "--cluster-enabled",
          "yes",
          // The shortest that lets two busy cores breathe; a fail-over takes this and one second.
          "--cluster-node-timeout",
          "2000",
          "--repl-diskless-sync",
          "yes",
          "--repl-diskless-sync-delay",
          "0");
    }

    private void introduce() {
      for (int i = 0; i < servers.size(); i++) {
        // Nodes that meet with the same epoch would first have to quarrel about it.
        int epoch = i + 1;
        on(servers.get(i), node -> node.clusterSetConfigEpoch(epoch));
      }
      // Each to each: gossip alone would take seconds.
      for (int i = 0; i < servers.size(); i++) {
        for (RedisServer other : servers.subList(i + 1, servers.size())) {
          on(servers.get(i), node -> node.clusterMeet("127.0.0.1", other.port()));
        }
      }
      for (RedisServer server : servers) {
        Eventually.holds(
            "every node knows every other",
            PATIENCE,
            () -> {
              String known = on(server, RedisCommands::clusterNodes);
              return known.lines().count() == servers.size() && !known.contains("handshake");
            });
      }
    }

    private void assignSlots() {
      for (int i = 0; i < MASTERS; i++) {
        int from = SlotHash.SLOT_COUNT * i / MASTERS;
        int to = SlotHash.SLOT_COUNT * (i + 1) / MASTERS;
        // Not ADDSLOTSRANGE, which 6.2 does not know.
        on(servers.get(i), node -> node.clusterAddSlots(IntStream.range(from, to).toArray()));
      }
    }

    private void assignReplicas() {
      for (int i = 0; i < MASTERS; i++) {
        String master = on(servers.get(i), RedisCommands::clusterMyId);
        on(servers.get(MASTERS + i), node -> node.clusterReplicate(master));
      }
    }

    void awaitReplicas() {
      for (RedisServer server : servers) {
        Eventually.holds(
            "every master has a replica that is in step",
            PATIENCE,
            () -> {
              String replication = on(server, node -> node.info("replication"));
              String known = on(server, RedisCommands::clusterNodes);
              return on(server, RedisCommands::clusterInfo).contains("cluster_state:ok")
                  && known.lines().filter(line -> line.contains("slave")).count() == MASTERS
                  && !known.contains("fail")
                  && (replication.contains("state=online")
                      || replication.contains("master_link_status:up"));
            });
      }
    }

    RedisServer masterOf(int slot) {
      RedisServer anyone =
          servers.stream().filter(RedisServer::isRunning).findFirst().orElseThrow();
      String known = on(anyone, RedisCommands::clusterNodes);
      RedisClusterNode master =
          Objects.requireNonNull(ClusterPartitionParser.parse(known).getMasterBySlot(slot));
      return servers.stream()
          .filter(server -> server.port() == master.getUri().getPort())
          .findFirst()
          .orElseThrow();
    }

    private <T> T on(RedisServer server, Command<T> command) {
      try (var connection = client.connect(RedisURI.create(server.uri()))) {
        return command.on(connection.sync());
      }
    }

    /** The nodes talk to each other on a second port, 10000 above the first. */
    private static int freePortPair() {
      while (true) {
        int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
        try (var forClients = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            var forNodes = new ServerSocket(port + 10_000, 1, InetAddress.getLoopbackAddress())) {
          return Math.min(forClients.getLocalPort(), forNodes.getLocalPort());
        } catch (IOException taken) {
          // Another pair will be free.
        }
      }
    }

    @Override
    public void close() {
      client.shutdown();
      servers.forEach(RedisServer::close);
    }
  }

  @FunctionalInterface
  private interface Command<T> {
    T on(RedisCommands<String, String> node);
  }
}
