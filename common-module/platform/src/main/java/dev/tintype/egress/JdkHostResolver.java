package dev.tintype.egress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JVM's resolver, and with it the machine's own: hosts file, name servers, and the JVM's cache
 * (30 s, or {@code networkaddress.cache.ttl}). Thread-safe; its threads end with the Vert.x
 * instance.
 */
public final class JdkHostResolver implements HostResolver {
  /** As long as resolv.conf(5) waits for one server, once. */
  public static final Duration LIMIT = Duration.ofSeconds(5);

  // Its own threads: a name server that hangs may hold all of them, and then nothing else waits.
  // More than one browser's share (8 at once in its egress proxy) times three: a look-up may hang
  // three times as long as it is waited for.
  private static final int THREADS = 32;

  /** Where the answers come from; a test puts its own here. */
  interface Lookup {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  private final Vertx vertx;
  private final WorkerExecutor threads;
  private final Lookup lookup;
  private final Duration limit;
  private final Map<String, Question> open = new ConcurrentHashMap<>();

  public JdkHostResolver(Vertx vertx) {
    this(vertx, InetAddress::getAllByName, LIMIT);
  }

  JdkHostResolver(Vertx vertx, Lookup lookup, Duration limit) {
    this.vertx = vertx;
    // getAllByName cannot be interrupted; a thread leaves it when the system's resolver gives up.
    this.threads = vertx.createSharedWorkerExecutor("tintype-dns", THREADS, 1, TimeUnit.MINUTES);
    this.lookup = lookup;
    this.limit = limit;
  }

  @Override
  public Future<List<InetAddress>> resolve(String host) {
    var mine = new Question(host);
    Question asked = open.compute(host, (name, known) -> (known == null ? mine : known).askedNow());
    if (asked == mine) {
      threads
          .executeBlocking(mine::answer, false)
          // A Vert.x instance that closes takes no more work.
          .onFailure(mine::fail);
    }
    return Future.fromCompletionStage(asked.addresses, vertx.getOrCreateContext())
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .recover(e -> Future.failedFuture(e instanceof TimeoutException ? late() : e));
  }

  private TimeoutException late() {
    return new TimeoutException(
        "the name service gave no answer within " + limit.toMillis() + " ms");
  }

  /** One look-up, for all who ask for its name until it is answered. */
  private final class Question {
    private final String host;
    private final CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
    private volatile long lastAsked;

    private Question(String host) {
      this.host = host;
    }

    private Question askedNow() {
      lastAsked = System.nanoTime();
      return this;
    }

    private boolean answer() {
      try {
        // The threads are needed for what somebody waits for. A page that names hundreds of hosts
        // whose name server is dead would else hold up every other page for minutes.
        if (open.computeIfPresent(host, (name, same) -> isWaitedFor() ? same : null) == null) {
          throw late();
        }
        List<InetAddress> found = List.of(lookup.all(host));
        open.remove(host, this);
        return addresses.complete(found);
      } catch (Throwable e) { // Whatever it is, it belongs to those who asked.
        return fail(e);
      }
    }

    private boolean isWaitedFor() {
      return System.nanoTime() - lastAsked < limit.toNanos();
    }

    private boolean fail(Throwable e) {
      open.remove(host, this);
      return addresses.completeExceptionally(e);
    }
  }
}
