package dev.tintype.redis.connection;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lettuce's connections, the same to their user in every shape of Redis, and every limit that
 * Lettuce is given.
 *
 * @param doubt to be called when a command found nobody to take it: asks a cluster who its masters
 *     are now
 */
record RedisLinks(
    AbstractRedisClient client,
    RedisClusterAsyncCommands<String, String> commands,
    RedisClusterAsyncCommands<String, byte[]> images,
    StatefulRedisPubSubConnection<String, String> subscriptions,
    Runnable doubt) {

  private static final RedisCodec<String, byte[]> BYTES =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  // Half of what a client may wait for, so that a second try fits.
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  // Work resumes within two seconds of Redis' return; one is for the connecting itself.
  private static final Delay RECONNECT =
      Delay.exponential(Duration.ofMillis(20), Duration.ofMillis(500), 2, TimeUnit.MILLISECONDS);

  // With the PING after the first interval, a peer that fell silent is replaced after six seconds.
  static final Duration SILENCE = Duration.ofSeconds(3);

  // Each asks every node, over a new connection.
  private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(1);

  // Bounds memory; at thousands of commands a second it is reached in seconds, and then refuses.
  private static final int MAX_UNANSWERED_COMMANDS = 10_000;

  // They copy bytes and complete futures. Without a number there would be as many as cores, begun
  // one by one with every reconnect.
  private static final int THREADS = 2;

  // A peer that is gone without a word is noticed after 20 s without traffic, and after 5 s with
  // unacknowledged bytes; the operating system would take two hours and a quarter of one.
  private static final KeepAliveOptions KEEP_ALIVE =
      KeepAliveOptions.builder()
          .enable()
          .idle(Duration.ofSeconds(5))
          .interval(Duration.ofSeconds(5))
          .count(3)
          .build();

  private static final Duration UNACKNOWLEDGED = Duration.ofSeconds(5);

  /**
   * Opens all three, or none.
   *
   * @param timeout how long a command may take
   * @param silence after which a peer is asked, and after as much again given up
   */
  static CompletionStage<RedisLinks> open(
      RedisAddress address, Duration timeout, Duration silence) {
    ClientResources resources = resources(silence);
    CompletionStage<RedisLinks> links;
    AbstractRedisClient client;
    if (address instanceof RedisAddress.Cluster cluster) {
      var toCluster = RedisClusterClient.create(resources, cluster.seeds());
      toCluster.setOptions(clusterOptions(timeout));
      client = toCluster;
      links = open(toCluster);
    } else {
      var toMaster = RedisClient.create(resources);
      toMaster.setOptions(options(timeout));
      client = toMaster;
      links = open(toMaster, ((RedisAddress.OneMaster) address).uri());
    }
    return links
        .handle(
            (open, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(open)
                    : close(client)
                        .thenCompose(closed -> CompletableFuture.<RedisLinks>failedStage(failure)))
        .thenCompose(outcome -> outcome);
  }

  private static CompletionStage<RedisLinks> open(RedisClient client, RedisURI uri) {
    return client
        .connectAsync(StringCodec.UTF8, uri)
        .thenCompose(
            commands ->
                client
                    .connectAsync(BYTES, uri)
                    .thenCompose(
                        images ->
                            client
                                .connectPubSubAsync(StringCodec.UTF8, uri)
                                .thenApply(
                                    subscriptions ->
                                        new RedisLinks(
                                            client,
                                            commands.async(),
                                            images.async(),
                                            subscriptions,
                                            () -> {}))));
  }

  private static CompletionStage<RedisLinks> open(RedisClusterClient client) {
    return client
        .refreshPartitionsAsync()
        .thenCompose(known -> client.connectAsync(StringCodec.UTF8))
        .thenCompose(
            commands ->
                client
                    .connectAsync(BYTES)
                    .thenCompose(
                        images ->
                            client
                                .connectPubSubAsync(StringCodec.UTF8)
                                .thenApply(
                                    subscriptions ->
                                        new RedisLinks(
                                            client,
                                            commands.async(),
                                            images.async(),
                                            subscriptions,
                                            topologyQuestion(client)))));
  }

  /**
   * Lettuce asks by itself when it cannot restore a connection, but not when it cannot open the
   * first one to a node that died before.
   */
  private static Runnable topologyQuestion(RedisClusterClient client) {
    var next = new AtomicLong(System.nanoTime());
    return () -> {
      long due = next.get();
      long now = System.nanoTime();
      if (now - due >= 0 && next.compareAndSet(due, now + BETWEEN_REFRESHES.toNanos())) {
        client.refreshPartitionsAsync();
      }
    };
  }

  /** Closes every connection and ends every thread; unanswered commands fail. */
  CompletionStage<Void> close() {
    return close(client);
  }

  private static CompletionStage<Void> close(AbstractRedisClient client) {
    CompletionStage<Void> closed = client.shutdownAsync(0, 2, TimeUnit.SECONDS);
    return closed
        .exceptionally(failure -> null)
        .thenCompose(done -> endThreads(client.getResources()));
  }

  private static CompletionStage<Void> endThreads(ClientResources resources) {
    var ended = new CompletableFuture<Void>();
    resources.shutdown(0, 2, TimeUnit.SECONDS).addListener(done -> ended.complete(null));
    return ended;
  }

  private static ClientResources resources(Duration silence) {
    return DefaultClientResources.builder()
        .ioThreadPoolSize(THREADS)
        .computationThreadPoolSize(THREADS)
        .reconnectDelay(RECONNECT)
        .nettyCustomizer(
            new NettyCustomizer() {
              @Override
              public void afterChannelInitialized(Channel channel) {
                // First, because Lettuce's own handler passes on nothing of what it read.
                channel.pipeline().addFirst(together(), new SilenceWatchdog(silence));
              }
            })
        .build();
  }

  /**
   * Commands that come at the same time go out in one write. Alone, each would cost Redis a wake-up
   * and two system calls, which is as much as a small script.
   */
  private static FlushConsolidationHandler together() {
    return new FlushConsolidationHandler(
        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true);
  }

  private static ClientOptions options(Duration timeout) {
    return ClientOptions.builder()
        // With ACCEPT_COMMANDS a replay filter discards what is given while disconnected, too, and
        // its caller waits for the timeout. RedisConnections repeats what was never sent.
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(MAX_UNANSWERED_COMMANDS)
        // A command that was written may have run. It is not sent again behind its caller's back:
        // callers repeat those whose script makes that harmless.
        .replayFilter(command -> true)
        .timeoutOptions(TimeoutOptions.enabled(timeout))
        // A managed service's promise of maintenance would lengthen the timeouts.
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .keepAlive(KEEP_ALIVE)
                .tcpUserTimeout(
                    TcpUserTimeoutOptions.builder()
                        // Linux knows it, and Lettuce refuses to start where nobody does.
                        .enable(EpollProvider.isAvailable())
                        .tcpUserTimeout(UNACKNOWLEDGED)
                        .build())
                .build())
        .build();
  }

  private static ClusterClientOptions clusterOptions(Duration timeout) {
    return ClusterClientOptions.builder(options(timeout))
        .topologyRefreshOptions(
            ClusterTopologyRefreshOptions.builder()
                // Every failed reconnect, redirection and uncovered slot asks for the topology
                // anew,
                // once a second at most: a promoted replica is found a second later.
                .refreshTriggersReconnectAttempts(1)
                .adaptiveRefreshTriggersTimeout(BETWEEN_REFRESHES)
                // For a change that nobody ran into, such as a new node.
                .enablePeriodicRefresh(Duration.ofSeconds(30))
                .build())
        .build();
  }
}
