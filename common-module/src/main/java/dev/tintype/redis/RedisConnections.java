package dev.tintype.redis;

import dev.tintype.queue.QueueUnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Owns every connection of a process to Redis: one for commands, one for images, whose bytes would
 * hold the commands up, and one for subscriptions. The one place where Lettuce's futures become
 * Vert.x futures, on the context of the caller.
 *
 * <p>Thread-safe.
 */
public final class RedisConnections {
  /** What a caller wants while Redis is away. */
  public enum Patience {
    /**
     * For a process that answers people: refuse at once, give up after 3 s, well under any proxy's
     * timer.
     */
    FAIL_FAST(DisconnectedBehavior.REJECT_COMMANDS, Duration.ofSeconds(3)),
    /**
     * For a process that works: keep commands while reconnecting, give up after 10 s, before a
     * lease of 15 s has ended.
     */
    PATIENT(DisconnectedBehavior.ACCEPT_COMMANDS, Duration.ofSeconds(10));

    private final DisconnectedBehavior disconnected;
    private final Duration timeout;

    Patience(DisconnectedBehavior disconnected, Duration timeout) {
      this.disconnected = disconnected;
      this.timeout = timeout;
    }
  }

  // Bounds memory while Redis is away; at thousands of commands a second it is reached in seconds
  // and then refuses.
  private static final int MAX_UNSENT_COMMANDS = 10_000;

  // A peer that is gone without a word is noticed after 20 s, not after the two hours of the
  // operating system.
  private static final KeepAliveOptions KEEP_ALIVE =
      KeepAliveOptions.builder()
          .enable()
          .idle(Duration.ofSeconds(5))
          .interval(Duration.ofSeconds(5))
          .count(3)
          .build();

  private final Vertx vertx;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> commands;
  private final StatefulRedisConnection<String, byte[]> images;
  private final StatefulRedisPubSubConnection<String, String> subscriptions;

  private RedisConnections(
      Vertx vertx,
      RedisClient client,
      StatefulRedisConnection<String, String> commands,
      StatefulRedisConnection<String, byte[]> images,
      StatefulRedisPubSubConnection<String, String> subscriptions) {
    this.vertx = vertx;
    this.client = client;
    this.commands = commands;
    this.images = images;
    this.subscriptions = subscriptions;
  }

  /**
   * Connects.
   *
   * @param uri {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS
   * @return fails with {@link QueueUnavailableException} if Redis does not answer
   */
  public static Future<RedisConnections> connect(Vertx vertx, String uri, Patience patience) {
    RedisURI address = RedisURI.create(uri);
    address.setTimeout(patience.timeout);
    RedisClient client = RedisClient.create();
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(patience.disconnected)
            .requestQueueSize(MAX_UNSENT_COMMANDS)
            // A command that was written may have run. It is not sent again behind its caller's
            // back: callers repeat those
            // whose script makes that harmless.
            .replayFilter(command -> true)
            .timeoutOptions(TimeoutOptions.enabled(patience.timeout))
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(Duration.ofSeconds(3))
                    .keepAlive(KEEP_ALIVE)
                    .build())
            .build());
    var context = vertx.getOrCreateContext();
    var codec = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    CompletionStage<RedisConnections> connected =
        client
            .connectAsync(StringCodec.UTF8, address)
            .thenCompose(
                commands ->
                    client
                        .connectAsync(codec, address)
                        .thenCompose(
                            images ->
                                client
                                    .connectPubSubAsync(StringCodec.UTF8, address)
                                    .thenApply(
                                        subscriptions ->
                                            new RedisConnections(
                                                vertx, client, commands, images, subscriptions))));
    return Future.fromCompletionStage(connected, context)
        .recover(
            failure -> {
              Future<Void> closed = Future.fromCompletionStage(client.shutdownAsync(), context);
              return closed.transform(
                  ignored ->
                      Future.failedFuture(
                          new QueueUnavailableException(
                              "Redis does not answer at "
                                  + address.getHost()
                                  + ":"
                                  + address.getPort(),
                              failure)));
            });
  }

  <T> Future<T> run(Function<RedisAsyncCommands<String, String>, RedisFuture<T>> command) {
    return onContext(() -> command.apply(commands.async()));
  }

  <T> Future<T> runWithBytes(Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    return onContext(() -> command.apply(images.async()));
  }

  StatefulRedisPubSubConnection<String, String> subscriptions() {
    return subscriptions;
  }

  Vertx vertx() {
    return vertx;
  }

  /** Closes every connection; unanswered commands fail. */
  public Future<Void> close() {
    return Future.fromCompletionStage(client.shutdownAsync(), vertx.getOrCreateContext());
  }

  private <T> Future<T> onContext(Supplier<RedisFuture<T>> command) {
    var context = vertx.getOrCreateContext();
    try {
      return Future.fromCompletionStage(command.get(), context)
          .recover(failure -> Future.failedFuture(unavailable(failure)));
    } catch (RuntimeException e) {
      // Lettuce refuses a command while disconnected by throwing.
      return Future.failedFuture(unavailable(e));
    }
  }

  private static QueueUnavailableException unavailable(Throwable failure) {
    return new QueueUnavailableException("Redis: " + failure.getMessage(), failure);
  }
}
