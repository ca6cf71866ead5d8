package dev.tintype.egress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
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
  private static final int THREADS = 16;

  /** Where the answers come from; a test puts its own here. */
  interface Lookup {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  private final WorkerExecutor threads;
  private final Lookup lookup;
  private final Duration limit;

  public JdkHostResolver(Vertx vertx) {
    this(vertx, InetAddress::getAllByName, LIMIT);
  }

  JdkHostResolver(Vertx vertx, Lookup lookup, Duration limit) {
    // getAllByName cannot be interrupted; a thread leaves it when the system's resolver gives up.
    this.threads = vertx.createSharedWorkerExecutor("tintype-dns", THREADS, 1, TimeUnit.MINUTES);
    this.lookup = lookup;
    this.limit = limit;
  }

  @Override
  public Future<List<InetAddress>> resolve(String host) {
    return threads
        .executeBlocking(() -> List.of(lookup.all(host)), false)
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            e ->
                Future.failedFuture(
                    e instanceof TimeoutException
                        ? new TimeoutException(
                            "the name service gave no answer within " + limit.toMillis() + " ms")
                        : e));
  }
}
