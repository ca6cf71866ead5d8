package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tintype.json.Json;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker is killed while a receiver processes its webhook. */
class WebhookIT {
  @RegisterExtension static final RedisServer redis = RedisServer.installed();

  // The lease of a delivery, and the start of a worker on a busy machine.
  private static final Duration PROMISED = Duration.ofMinutes(3);

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  private final CountDownLatch killed = new CountDownLatch(1);
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(Executors.newCachedThreadPool());
    receiver.createContext(
        "/",
        exchange -> {
          calls.add(
              exchange.getRequestHeaders().getFirst("webhook-id")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          try {
            killed.await(5, TimeUnit.MINUTES);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  @Test
  void deliveryOfAKilledWorkerIsRepeatedUnderItsId() throws Exception {
    try (var api =
        TintypeProcess.start(
            "api", "--redis", redis.uri(), "--port", "0", "--egress-allow", "127.0.0.1")) {
      URI server = URI.create(api.url());
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
      JsonNode endpoint = post(server, "/v1/webhooks/endpoints", "{\"url\": \"" + url + "\"}");
      String first;
      JsonNode test;
      try (var doomed = worker()) {
        test = post(server, endpoint.at("/links/self").textValue() + "/test", "");
        first = calls.poll(2, TimeUnit.MINUTES);
        doomed.kill();
      }
      killed.countDown();
      assertThat(first).startsWith(test.path("id").textValue());

      try (var other = worker()) {
        assertThat(calls.poll(PROMISED.toSeconds(), TimeUnit.SECONDS)).isEqualTo(first);
        String self = test.at("/links/self").textValue();
        JsonNode delivered =
            Eventually.succeeds(
                "it is delivered",
                Duration.ofMinutes(2),
                () -> {
                  JsonNode delivery = get(server, self);
                  if (!"delivered".equals(delivery.path("state").textValue())) {
                    throw new IllegalStateException("it is " + delivery);
                  }
                  return delivery;
                });
        assertThat(delivered.path("attempts").findValuesAsText("outcome"))
            .containsExactly("lost", "delivered");
        assertThat(other.stop()).isZero();
      }
    }
  }

  private static TintypeProcess worker() throws Exception {
    return TintypeProcess.start(
        "worker", "--redis", redis.uri(), "--browsers", "1", "--egress-allow", "127.0.0.1");
  }

  private JsonNode post(URI server, String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(server.resolve(path)).POST(BodyPublishers.ofString(body)).build());
  }

  private JsonNode get(URI server, String path) throws Exception {
    return send(HttpRequest.newBuilder(server.resolve(path)).build());
  }

  private JsonNode send(HttpRequest request) throws Exception {
    String body = client.send(request, BodyHandlers.ofString()).body();
    return Json.read(body, JsonNode.class);
  }
}
