package dev.tintype.cli;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Stands between a command and a server, as proxies do: with a patience of its own. */
final class ForwardingProxy implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient upstream = HttpClient.newHttpClient();
  private final AtomicInteger timeouts = new AtomicInteger();
  private final String server;
  private final Duration patience;
  private final BiConsumer<HttpServerRequest, HttpResponse<String>> answering;
  private final int port;

  /**
   * A proxy.
   *
   * @param patience how long the server may take; then the answer is 504
   * @param answering gives the client the answer of the server, or does not
   */
  ForwardingProxy(
      String server,
      Duration patience,
      BiConsumer<HttpServerRequest, HttpResponse<String>> answering) {
    this.server = server;
    this.patience = patience;
    this.answering = answering;
    this.port =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> forward(request, body)))
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /** How often its patience was over. */
  int timeouts() {
    return timeouts.get();
  }

  static void pass(HttpServerRequest request, HttpResponse<String> answer) {
    request.response().setStatusCode(answer.statusCode()).end(answer.body());
  }

  private void forward(HttpServerRequest request, Buffer body) {
    var forwarded =
        HttpRequest.newBuilder(URI.create(server + request.uri()))
            .timeout(patience)
            .method(request.method().name(), BodyPublishers.ofByteArray(body.getBytes()));
    String key = request.getHeader("Idempotency-Key");
    if (key != null) {
      forwarded.header("Idempotency-Key", key);
    }
    var unused = // Both outcomes are answered below.
        upstream
            .sendAsync(forwarded.build(), BodyHandlers.ofString())
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    answering.accept(request, answer);
                  } else {
                    timeouts.incrementAndGet();
                    request.response().setStatusCode(504).end("<html>504 Gateway Time-out</html>");
                  }
                });
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
