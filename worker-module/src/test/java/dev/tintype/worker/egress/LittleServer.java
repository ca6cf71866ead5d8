package dev.tintype.worker.egress;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An origin server on loopback that remembers the headers of every request. */
final class LittleServer {
  private final List<Map<String, List<String>>> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  LittleServer() {
    this(InetAddress.getLoopbackAddress());
  }

  LittleServer(InetAddress address) {
    try {
      server = HttpServer.create(new InetSocketAddress(address, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.start();
  }

  void on(String path, HttpHandler handler) {
    HttpHandler remembering =
        exchange -> {
          Headers headers = exchange.getRequestHeaders();
          seen.add(Map.copyOf(headers));
          handler.handle(exchange);
        };
    server.createContext(path, remembering);
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Map<String, List<String>>> seen() {
    return seen;
  }

  void close() {
    server.stop(0);
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
