package dev.tintype.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tintype.json.Json;
import dev.tintype.webhook.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens on the way to a server; with the real one it is tested in deploy. */
class RemoteWebhooksTest {
  private static final String KEY = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private RemoteWebhooks webhooks;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    var pacing =
        new Pacing(
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            4,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1));
    webhooks =
        TintypeClient.builder()
            .server(ServerAddress.parse("127.0.0.1:" + server.getAddress().getPort()))
            .pacing(pacing)
            .build()
            .webhooks();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSecretThatIsRotatedOverALostAnswerHasOneNewKey() {
    answer(503, 502, 200);

    RemoteSecret secret = webhooks.rotateSecret("mine", Duration.ofHours(1));

    assertThat(secret).hasToString("secret mine");
    assertThat(bodies).hasSize(3).containsOnly(bodies.get(0));
    JsonNode sent = Json.read(bodies.get(0), JsonNode.class);
    assertThat(sent.path("overlap").textValue()).isEqualTo("1h");
    assertThat(SigningKey.parse(sent.path("key").textValue())).isNotNull();
  }

  @Test
  void anEndpointIsNotAskedForTwiceBecauseItWouldBeCalledTwice() {
    answer(502, 200);

    assertThatThrownBy(() -> webhooks.createEndpoint("https://example.com/", List.of()))
        .isInstanceOf(ProblemException.class);
    assertThat(bodies).containsExactly("{\"url\":\"https://example.com/\"}");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aSuccessOfAnotherServerIsNotTakenForOurs(Consumer<RemoteWebhooks> call) {
    server.createContext(
        "/",
        exchange -> {
          byte[] page = "<html>Welcome".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });

    assertThatThrownBy(() -> call.accept(webhooks))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("answers with status 200");
  }

  static List<Consumer<RemoteWebhooks>> calls() {
    return List.of(
        each -> each.deliveries(Instant.EPOCH, 1),
        each -> each.delivery("msg_1"),
        each -> each.redeliver("msg_1"),
        each -> each.redeliverSince(Instant.EPOCH),
        each -> each.test("ep_1"),
        RemoteWebhooks::endpoints,
        each -> each.createEndpoint("https://example.com/", List.of()),
        each -> each.secret("mine"));
  }

  /** With these statuses, one after the other. */
  private void answer(int... statuses) {
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] secret =
              ("{\"name\":\"mine\",\"key\":\"" + KEY + "\",\"older\":[]}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(statuses[bodies.size() - 1], secret.length);
          exchange.getResponseBody().write(secret);
          exchange.close();
        });
  }
}
