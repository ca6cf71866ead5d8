package dev.tintype.redis.connection;

import dev.tintype.queue.QueueUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns every connection of a process to Redis: one for commands, one for images, whose bytes would
 * hold the commands up, and one for subscriptions. The one place where Lettuce's futures become
 * Vert.x futures, on the context of the caller. Its users do not know whether Redis is one server,
 * a master that Sentinels name, or a cluster.
 *
 * <p>Thread-safe.
 */
public final class RedisConnections {
  private static final Logger log = LoggerFactory.getLogger(RedisConnections.class);

  /** What a caller wants while Redis is away. */
  public enum Patience {
    /**
     * For a process that answers people: half a second for a connection that takes commands, which
     * bridges one that was just cut and keeps the answer under a second; 3 s for the answer to a
     * command, well under any proxy's timer. Not less, because a Redis that forks or waits for its
     * disk stalls for a second, and a submission that was given up may have been stored: its sender
     * comes again.
     */
    FAIL_FAST(Duration.ofMillis(500), Duration.ofSeconds(3)),
    /**
     * For a process that works: 10 s for either, so that most fail-overs pass unnoticed and a lease
     * of 15 s has not ended.
     */
    PATIENT(Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final Duration forConnection;
    private final Duration forAnswer;

    Patience(Duration forConnection, Duration forAnswer) {
      this.forConnection = forConnection;
      this.forAnswer = forAnswer;
    }
  }

  // Bounds memory while Redis is away; what comes on top is refused at once.
  private static final int MAX_WAITING_COMMANDS = 10_000;

  private static final long FIRST_PAUSE_MILLIS = 10;
  // A tenth of the time in which work must resume after Redis' return.
  private static final long LONGEST_PAUSE_MILLIS = 200;

  // Redis' error codes for what another moment or another node would do: no majority of masters, a
  // server that reads its file, a replica without its master or not yet promoted, moving slots.
  private static final Set<String> NOT_NOW =
      Set.of("CLUSTERDOWN", "LOADING", "MASTERDOWN", "READONLY", "TRYAGAIN");

  private static final Set<String> FAULTS = Set.of("ERR", "WRONGTYPE", "CROSSSLOT");

  private final Vertx vertx;
  private final RedisLinks links;
  private final Patience patience;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closed;

  private RedisConnections(Vertx vertx, RedisLinks links, Patience patience) {
    this.vertx = vertx;
    this.links = links;
    this.patience = patience;
  }

  /**
   * Connects.
   *
   * @param uri {@code redis://[user:password@]host[:port][/database]} for one server, {@code
   *     redis-sentinel://[user:password@]host[:port],host[:port][/database]#master} for the master
   *     that Sentinels name (the password is the master's; the Sentinels are asked without one), or
   *     {@code redis-cluster://[user:password@]host[:port],host[:port]} for a cluster of which
   *     these nodes are known; {@code rediss} instead of {@code redis} for TLS
   * @return fails with {@link QueueUnavailableException} if Redis does not answer
   * @throws IllegalArgumentException if the URI is none of these
   */
  public static Future<RedisConnections> connect(Vertx vertx, String uri, Patience patience) {
    return connect(vertx, uri, patience, RedisLinks.SILENCE);
  }

  static Future<RedisConnections> connect(
      Vertx vertx, String uri, Patience patience, Duration silence) {
    RedisAddress address = RedisAddress.of(uri, patience.forAnswer);
    return Future.fromCompletionStage(
            RedisLinks.open(address, patience.forAnswer, silence), vertx.getOrCreateContext())
        .map(links -> new RedisConnections(vertx, links, patience))
        .recover(
            failure ->
                Future.failedFuture(
                    new QueueUnavailableException("Redis does not answer at " + address, failure)));
  }

  /**
   * Runs a command. One that finds no connection, or a Redis that cannot now, is sent again as long
   * as patience goes; one that may have run is not.
   */
  public <T> Future<T> run(
      Function<RedisClusterAsyncCommands<String, String>, RedisFuture<T>> command) {
    return send(() -> command.apply(links.commands()));
  }

  /** The same for values that are bytes, on a connection of their own. */
  public <T> Future<T> runWithBytes(
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    return send(() -> command.apply(links.images()));
  }

  public StatefulRedisPubSubConnection<String, String> subscriptions() {
    return links.subscriptions();
  }

  public Vertx vertx() {
    return vertx;
  }

  public boolean isClosed() {
    return closed;
  }

  /** Closes every connection; unanswered commands fail. */
  public Future<Void> close() {
    closed = true;
    return Future.fromCompletionStage(links.close(), vertx.getOrCreateContext());
  }

  private <T> Future<T> send(Supplier<RedisFuture<T>> command) {
    return send(
        command,
        vertx.getOrCreateContext(),
        System.nanoTime() + patience.forConnection.toNanos(),
        FIRST_PAUSE_MILLIS);
  }

  private <T> Future<T> send(
      Supplier<RedisFuture<T>> command, Context context, long deadline, long pauseMillis) {
    CompletableFuture<T> sent = write(command);
    boolean refused = sent.isCompletedExceptionally();
    return Future.fromCompletionStage(sent, context)
        .recover(
            failure -> {
              Throwable cause = unwrapped(failure);
              long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
              if (left <= 0 || closed || !changedNothing(cause, refused) || !mayWait()) {
                if (isFault(cause)) {
                  log.error("event=redis_fault error=\"{}\"", cause.getMessage());
                }
                return Future.failedFuture(
                    new QueueUnavailableException("Redis: " + cause.getMessage(), cause));
              }
              links.doubt().run();
              return vertx
                  .timer(Math.min(pauseMillis, left), TimeUnit.MILLISECONDS)
                  .onComplete(passed -> waiting.decrementAndGet())
                  .compose(
                      passed ->
                          send(
                              command,
                              context,
                              deadline,
                              Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS)));
            });
  }

  private static <T> CompletableFuture<T> write(Supplier<RedisFuture<T>> command) {
    try {
      return command.get().toCompletableFuture();
    } catch (RedisException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A cluster's connecting is a stage of its own, whose failures come wrapped. */
  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** Errors that waiting does not repair: a fault in a script, or a key of another type. */
  private static boolean isFault(Throwable failure) {
    return failure instanceof RedisCommandExecutionException answer
        && FAULTS.contains(String.valueOf(answer.getMessage()).split(" ", 2)[0]);
  }

  /**
   * Whether the command certainly was not run, so that anybody may send it again.
   *
   * @param refused it had failed when Lettuce handed it back, before it touched the network, for
   *     lack of a connection; in a cluster the first command for a node is, and sets off the
   *     connecting
   */
  private static boolean changedNothing(Throwable failure, boolean refused) {
    if (failure instanceof RedisCommandExecutionException answer) {
      String code = String.valueOf(answer.getMessage()).split(" ", 2)[0];
      return NOT_NOW.contains(code);
    }
    return failure instanceof RedisConnectionException
        || (refused && failure instanceof RedisException);
  }

  private boolean mayWait() {
    if (waiting.incrementAndGet() <= MAX_WAITING_COMMANDS) {
      return true;
    }
    waiting.decrementAndGet();
    return false;
  }
}
