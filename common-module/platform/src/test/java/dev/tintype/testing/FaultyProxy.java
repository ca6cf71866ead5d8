package dev.tintype.testing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Stands between a client and its Redis on loopback, and fails on demand. Each test begins with a
 * sound one.
 *
 * <p>A write is told by a word in it, such as {@code EVALSHA}, because a client also sends what no
 * test asked for.
 */
public final class FaultyProxy implements BeforeEachCallback, AfterEachCallback {
  private final RedisServer redis;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private @Nullable NetClient client;
  private int port;

  private volatile boolean refusing;
  private volatile Duration delay = Duration.ZERO;
  private volatile @Nullable Cut next;

  /** What happens to the next write that contains a word. */
  private record Cut(String word, boolean reachesRedis, Promise<Void> done) {}

  public FaultyProxy(RedisServer redis) {
    this.redis = redis;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    client = vertx.createNetClient();
    NetServer server = vertx.createNetServer().connectHandler(this::accept);
    port = server.listen(0, "127.0.0.1").await().actualPort();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    heal();
    links.clear();
    vertx.close().await();
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /**
   * Cuts the connection on which the next such write comes; Redis never sees it.
   *
   * @return completes when it was cut
   */
  public Future<Void> cutBefore(String word) {
    return cut(word, false);
  }

  /**
   * Lets the next such write pass, and cuts its connection instead of delivering the answer.
   *
   * @return completes when it was cut; Redis has answered then
   */
  public Future<Void> cutAfter(String word) {
    return cut(word, true);
  }

  private Future<Void> cut(String word, boolean reachesRedis) {
    var cut = new Cut(word, reachesRedis, Promise.promise());
    next = cut;
    return cut.done.future();
  }

  /**
   * Swallows everything on the connections that exist, in both directions, and leaves them open.
   * New ones are sound, as after a firewall that forgot the old.
   */
  public void fallSilent() {
    links.forEach(link -> link.silent = true);
  }

  /** Delays each chunk of bytes, in both directions. */
  public void slowDownBy(Duration delay) {
    this.delay = delay;
  }

  /** Ends every new connection at once. */
  public void refuseConnections() {
    refusing = true;
  }

  /** Ends every connection that exists. */
  public void cutAll() {
    links.forEach(Link::end);
  }

  /** Is sound again, to the connections that are not silent. */
  public void heal() {
    refusing = false;
    delay = Duration.ZERO;
    next = null;
  }

  private void accept(NetSocket near) {
    if (refusing) {
      near.close();
      return;
    }
    near.pause();
    Objects.requireNonNull(client)
        .connect(redis.port(), "127.0.0.1")
        .onSuccess(far -> new Link(near, far).open())
        .onFailure(gone -> near.close());
  }

  private final class Link {
    private final NetSocket near;
    private final NetSocket far;
    private volatile boolean silent;
    private @Nullable Cut cutting;

    Link(NetSocket near, NetSocket far) {
      this.near = near;
      this.far = far;
    }

    void open() {
      links.add(this);
      near.closeHandler(closed -> end());
      far.closeHandler(closed -> end());
      near.handler(this::fromClient);
      far.handler(this::fromRedis);
      near.resume();
    }

    private void fromClient(Buffer bytes) {
      Cut cut = next;
      if (!silent && cut != null && text(bytes).contains(cut.word)) {
        next = null;
        if (!cut.reachesRedis) {
          end();
          cut.done.complete();
          return;
        }
        cutting = cut;
      }
      pass(bytes, far);
    }

    private void fromRedis(Buffer bytes) {
      Cut cut = cutting;
      if (cut != null) {
        end();
        cut.done.complete();
        return;
      }
      pass(bytes, near);
    }

    private void pass(Buffer bytes, NetSocket to) {
      if (silent) {
        return;
      }
      if (delay.isZero()) {
        to.write(bytes);
      } else {
        // Timers of one length end in the order in which they began.
        vertx.timer(delay.toMillis(), TimeUnit.MILLISECONDS).onSuccess(passed -> to.write(bytes));
      }
    }

    private void end() {
      links.remove(this);
      near.close();
      far.close();
    }
  }

  private static String text(Buffer bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
