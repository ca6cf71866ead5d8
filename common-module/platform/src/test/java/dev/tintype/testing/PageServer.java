package dev.tintype.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A web site on 127.0.0.1 for the tests of a browser. A path is served by what was said about it;
 * any other path is the file {@code /pages/<path>} of the test's resources, or 404. Thread-safe.
 */
public final class PageServer implements AutoCloseable {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css",
          "js", "text/javascript",
          "svg", "image/svg+xml",
          "png", "image/png");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, HttpHandler> paths = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private PageServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** On a free port. */
  public static PageServer start() {
    try {
      return new PageServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a path, which begins with a slash. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The paths that were asked for so far, in their order, queries included. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Serves this HTML. */
  public PageServer page(String path, String html) {
    return status(path, 200, html);
  }

  /** Serves HTML under another status than 200. */
  public PageServer status(String path, int code, String html) {
    return handle(
        path, exchange -> answer(exchange, code, "text/html; charset=utf-8", bytes(html)));
  }

  public PageServer redirect(String path, String location) {
    return handle(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
  }

  /** Takes the request and never answers. */
  public PageServer stall(String path) {
    return handle(path, exchange -> {});
  }

  /** Answers as it would without this, but later. */
  public PageServer delayed(String path, Duration delay) {
    HttpHandler now = paths.getOrDefault(path, PageServer::resource);
    return handle(
        path,
        exchange -> {
          var unused =
              later.schedule(
                  () -> {
                    now.handle(exchange);
                    return null;
                  },
                  delay.toMillis(),
                  TimeUnit.MILLISECONDS);
        });
  }

  /** Closes the connection without a byte. */
  public PageServer emptyReply(String path) {
    return handle(path, HttpExchange::close);
  }

  /** Serves a file to save. */
  public PageServer download(String path) {
    return handle(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=a.bin");
          answer(exchange, 200, "application/octet-stream", new byte[64]);
        });
  }

  /** Serves a path with a handler of the test's own. The handler must not block. */
  public PageServer handle(String path, HttpHandler handler) {
    paths.put(path, handler);
    return this;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    later.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestURI().toString());
    paths.getOrDefault(exchange.getRequestURI().getPath(), PageServer::resource).handle(exchange);
  }

  private static void resource(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try (InputStream file = PageServer.class.getResourceAsStream("/pages" + path)) {
      if (file == null || path.endsWith("/")) {
        answer(exchange, 404, "text/plain", bytes("no page " + path));
      } else {
        String ending = path.substring(path.lastIndexOf('.') + 1);
        answer(exchange, 200, TYPES.getOrDefault(ending, "text/plain"), file.readAllBytes());
      }
    }
  }

  private static void answer(HttpExchange exchange, int code, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
