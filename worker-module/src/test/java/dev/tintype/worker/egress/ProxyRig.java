package dev.tintype.worker.egress;

import dev.tintype.egress.AllowEntry;
import dev.tintype.egress.EgressMode;
import dev.tintype.egress.EgressPolicy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A started proxy whose name service is a map. Names below allowed.example may be dialled, though
 * their addresses are loopback; private.example may not.
 */
final class ProxyRig {
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<List<InetAddress>>> open = new ConcurrentHashMap<>();
  private final List<String> lookedUp = new CopyOnWriteArrayList<>();
  private final EgressProxy proxy;

  ProxyRig() {
    this(EgressProxy.CONNECT_LIMIT);
  }

  ProxyRig(Duration connectLimit) {
    name("www.allowed.example", "127.0.0.1");
    name("cdn.allowed.example", "127.0.0.1");
    name("private.example", "127.0.0.1");
    proxy = new EgressProxy(vertx, policy(), connectLimit);
    await(proxy.start());
  }

  EgressPolicy policy() {
    return new EgressPolicy(
        EgressMode.PUBLIC, List.of(AllowEntry.parse("*.allowed.example")), this::resolve);
  }

  /** The addresses of a name; what stands behind a "then" is every later answer. */
  void name(String host, String... answers) {
    names.put(host, List.of(answers));
  }

  /** A name that is looked up until the future is completed. */
  void name(String host, CompletableFuture<List<InetAddress>> answer) {
    open.put(host, answer);
  }

  /** The names that the proxy asked for so far, in their order. */
  List<String> lookedUp() {
    return List.copyOf(lookedUp);
  }

  Vertx vertx() {
    return vertx;
  }

  EgressProxy proxy() {
    return proxy;
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  static String tunnelTo(String host, int port) {
    String authority = host + ":" + port;
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
  }

  HttpClient browser() {
    InetSocketAddress way = new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port());
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(Duration.ofSeconds(60))
        .proxy(
            new ProxySelector() {
              @Override
              public List<Proxy> select(URI uri) {
                return List.of(new Proxy(Proxy.Type.HTTP, way));
              }

              @Override
              public void connectFailed(URI uri, SocketAddress address, IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .build();
  }

  void close() {
    await(vertx.close());
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private Future<List<InetAddress>> resolve(String host) {
    lookedUp.add(host);
    CompletableFuture<List<InetAddress>> later = open.get(host);
    if (later != null) {
      return Future.fromCompletionStage(later, vertx.getOrCreateContext());
    }
    List<String> answers = names.getOrDefault(host, List.of());
    int then = answers.indexOf("then");
    if (then >= 0) {
      names.put(host, answers.subList(then + 1, answers.size()));
      answers = answers.subList(0, then);
    }
    return answers.isEmpty()
        ? Future.failedFuture(new UnknownHostException(host))
        : Future.succeededFuture(answers.stream().map(a -> named(host, a)).toList());
  }

  /** The JDK's resolver leaves the name in the address, and so does this one. */
  private static InetAddress named(String host, String literal) {
    try {
      return InetAddress.getByAddress(host, InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
