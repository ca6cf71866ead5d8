package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tintype.json.Json;
import dev.tintype.webhook.SigningKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final Map<String, String> WITH_SECRET = Map.of("TINTYPE_SIGNING_SECRET", SECRET);
  private static final String BODY = "{\"type\":\"screenshot.succeeded\",\"job\":\"\u00e4\"}";
  private static final Pattern ADDRESS = Pattern.compile("listening at (\\S+)\n");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String timestamp = Long.toString(InstantSource.system().instant().getEpochSecond());

  @TempDir Path folder;

  @Test
  void aGenuineWebhookIsToldByItsHeadersAndBody() throws Exception {
    Files.writeString(folder.resolve("body"), BODY);
    Files.writeString(
        folder.resolve("headers"),
        "POST /hooks HTTP/1.1\r\nWebhook-Id: msg_1\r\nWEBHOOK-TIMESTAMP: %s\r\nwebhook-signature: v1,b2xk %s\r\n\r\n"
            .formatted(timestamp, signature()));

    Run file = run(WITH_SECRET, "", "webhook", "verify", "body", "--headers", "headers");
    assertThat(file.exit()).as(file.err()).isEqualTo(0);

    String[] flags = {
      "webhook",
      "verify",
      "-",
      "--webhook-id=msg_1",
      "--webhook-timestamp=" + timestamp,
      "--webhook-signature=" + signature()
    };
    assertThat(run(WITH_SECRET, BODY, flags).exit()).isEqualTo(0);
    assertThat(run(WITH_SECRET, BODY + "\n", flags).exit()).isEqualTo(1);
  }

  @Test
  void whatIsNotGenuineIsTold() {
    Run old =
        run(
            WITH_SECRET,
            BODY,
            "webhook",
            "verify",
            "-",
            "--webhook-id=msg_1",
            "--webhook-timestamp=1",
            "--webhook-signature=v1,x");
    assertThat(old.exit()).isEqualTo(1);
    assertThat(old.err()).contains("webhook-timestamp is");

    Run bare = run(WITH_SECRET, BODY, "webhook", "verify", "-");
    assertThat(bare.exit()).isEqualTo(1);
    assertThat(bare.err()).contains("the header webhook-id is missing");
  }

  @Test
  void withoutASecretNothingCanBeVerified() {
    Run none = run(Map.of(), BODY, "webhook", "verify", "-");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("TINTYPE_SIGNING_SECRET");

    Run wrong = run(Map.of(), BODY, "webhook", "verify", "-", "--signing-secret", "hunter2");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("24 to 64 bytes").doesNotContain("hunter2");
  }

  @Test
  void theKeyInTheEnvironmentIsNotTakenForTheNameThatACaptureGivesItsSecret() {
    Run submit = run(WITH_SECRET, "", "submit", "example.com", "--dry-run");

    assertThat(submit.exit()).as(submit.err()).isEqualTo(0);
    assertThat(submit.out()).doesNotContain(SECRET);
  }

  @Test
  void webhooksAreAnsweredAndPrintedAndGenuineOnesCounted() throws Exception {
    Run listen = run(WITH_SECRET, "", "webhook", "listen", "--port", "0", "--json", "--count", "2");
    URI address = address(listen);

    assertThat(post(address, signature())).isEqualTo(200);
    // Printed, but not counted.
    assertThat(post(address, "v1,ZmFrZQ==")).isEqualTo(400);
    assertThat(post(address, signature())).isEqualTo(200);

    assertThat(listen.exit()).isEqualTo(0);
    List<JsonNode> events = listen.lines();
    assertThat(events).hasSize(3);
    assertThat(events.get(0).path("id").textValue()).isEqualTo("msg_1");
    assertThat(events.get(0).path("signature").textValue()).isEqualTo("genuine");
    assertThat(events.get(0).path("body")).isEqualTo(Json.read(BODY, JsonNode.class));
    assertThat(events.get(1).path("signature").textValue()).startsWith("not genuine: ");
  }

  @Test
  void anotherAnswerShowsHowItIsTriedAgain() throws Exception {
    Run listen =
        run(Map.of(), "", "webhook", "listen", "--port", "0", "--status", "503", "--count", "1");

    assertThat(post(address(listen), "v1,")).isEqualTo(503);
    assertThat(listen.exit()).isEqualTo(0);
    assertThat(listen.out())
        .startsWith("screenshot.succeeded msg_1, signature unchecked, answered 503\n")
        .contains("\"type\" : \"screenshot.succeeded\"");
  }

  @Test
  void aWebhookIsPassedOnUnchangedAndAnsweredAsThere() throws Exception {
    List<String> arrived = new CopyOnWriteArrayList<>();
    HttpServer there =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    there.createContext(
        "/hooks",
        exchange -> {
          arrived.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          arrived.add(exchange.getRequestHeaders().getFirst("webhook-signature"));
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    there.start();
    try {
      String url = "http://127.0.0.1:" + there.getAddress().getPort() + "/hooks";
      Run listen =
          run(
              WITH_SECRET,
              "",
              "webhook",
              "listen",
              "--port",
              "0",
              "--forward-to",
              url,
              "--count",
              "1");
      assertThat(post(address(listen), signature())).isEqualTo(202);
      assertThat(listen.exit()).isEqualTo(0);
    } finally {
      there.stop(0);
    }
    assertThat(arrived).containsExactly(BODY, signature());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:3000/hooks", "ftp://localhost/", "http:///hooks", "hooks"})
  void whereNothingCanBePassedOnToIsSaidAtTheStart(String url) {
    Run listen = run(Map.of(), "", "webhook", "listen", "--port", "0", "--forward-to", url);

    assertThat(listen.exit()).isEqualTo(2);
    assertThat(listen.err())
        .contains("--forward-to is \"" + url + "\"", "such as http://127.0.0.1:3000/hooks");
  }

  @Test
  void aBodyThatIsTooLongIsRefusedAndNotPassedOnInPart() throws Exception {
    List<String> arrived = new CopyOnWriteArrayList<>();
    HttpServer there =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    there.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          arrived.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    there.start();
    try {
      String url = "http://127.0.0.1:" + there.getAddress().getPort() + "/hooks";
      Run listen =
          run(Map.of(), "", "webhook", "listen", "--port=0", "--forward-to", url, "--count=1");

      assertThat(post(address(listen), "v1,", "x".repeat((1 << 20) + 1))).isEqualTo(413);
      listen.out.awaitText("answered 413");
      assertThat(listen.out()).hasSizeLessThan(1_000);
      assertThat(post(address(listen), "v1,")).isEqualTo(200);
      assertThat(listen.exit()).isEqualTo(0);
    } finally {
      there.stop(0);
    }
    assertThat(arrived).containsExactly(BODY);
  }

  @Test
  void whatAStrangerSendsCommandsNoTerminalAndForgesNoLine() throws Exception {
    Run listen = run(WITH_SECRET, "", "webhook", "listen", "--port=0", "--count=1");

    String body = "{\"type\": \"\\u001b[2Jx\\nscreenshot.succeeded msg_2, signature genuine\"}";
    URI address = address(listen);
    assertThat(post(address, "v1,", body)).isEqualTo(400);
    assertThat(post(address, signature())).isEqualTo(200);

    assertThat(listen.exit()).isEqualTo(0);
    assertThat(listen.out())
        .doesNotContain("\u001b")
        .startsWith("\\u001b[2Jx\\u000ascreenshot.succeeded msg_2, signature genuine msg_1, ");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      String port = Integer.toString(other.getAddress().getPort());
      Run listen = run(Map.of(), "", "webhook", "listen", "--port", port);
      assertThat(listen.exit()).isEqualTo(2);
      assertThat(listen.err()).contains("cannot listen on port " + port);
    } finally {
      other.stop(0);
    }
  }

  private int post(URI address, String signature) throws Exception {
    return post(address, signature, BODY);
  }

  private int post(URI address, String signature, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(address)
            .header("webhook-id", "msg_1")
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature)
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private String signature() {
    return SigningKey.parse(SECRET).sign("msg_1", timestamp, BODY.getBytes(StandardCharsets.UTF_8));
  }

  private static URI address(Run listen) {
    listen.err.awaitText("listening at ");
    listen.err.awaitText("/\n");
    Matcher line = ADDRESS.matcher(listen.err());
    assertThat(line.find()).isTrue();
    return URI.create(line.group(1));
  }

  private Run run(Map<String, String> environment, String input, String... arguments) {
    return Run.prepare(folder, environment, input, false, Run.IMPATIENT).start(arguments);
  }
}
