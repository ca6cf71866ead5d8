package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tintype.capture.Viewport;
import dev.tintype.client.Capture;
import dev.tintype.client.CaptureBatch;
import dev.tintype.client.RemoteBatch;
import dev.tintype.client.RemoteSecret;
import dev.tintype.client.TintypeClient;
import dev.tintype.json.Json;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.PageServer;
import dev.tintype.webhook.WebhookVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a command to a signed call and back to the log: all of it real, the browser too. */
class ToldByWebhookIT {
  private static final String SECRET = "told";

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  @TempDir Path folder;
  private HttpServer receiver;
  private PageServer pages;

  private record Call(Map<String, String> headers, String body) {
    byte[] bytes() {
      return body.getBytes(StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return Json.read(body, JsonNode.class);
    }
  }

  @BeforeEach
  void listen() throws IOException {
    pages = PageServer.start();
    pages.page("/", "<title>Told</title><h1>Told</h1>");
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
          calls.add(
              new Call(
                  headers,
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void close() {
    receiver.stop(0);
    pages.close();
  }

  @Test
  void webhookOfAJobIsSignedDeliveredAndLogged() throws Exception {
    try (var serve = TintypeProcess.serve(folder.resolve("data"))) {
      RemoteSecret secret = TintypeClient.of(serve.url()).webhooks().createSecret(SECRET);
      var verifier = new WebhookVerifier(secret.keys(), InstantSource.system());

      String job =
          tintype(
              serve,
              "submit",
              pages.url("/"),
              "--webhook-url",
              hook(),
              "--webhook-secret",
              SECRET,
              "--metadata",
              "{\"order\": 7}");

      Call call = calls.poll(5, TimeUnit.MINUTES);
      assertThat(call).as(String.join("\n", serve.log())).isNotNull();
      verifier.verify(call.headers()::get, call.bytes());
      assertThat(call.headers().get("webhook-id")).isEqualTo("msg_" + job);
      assertThat(call.json().path("type").textValue()).isEqualTo("screenshot.succeeded");
      assertThat(call.json().at("/data/metadata/order").intValue()).isEqualTo(7);
      assertIsDeliveredBy(serve, job, 1);

      tintype(serve, "webhook", "redeliver", "msg_" + job);
      Call again = calls.poll(5, TimeUnit.MINUTES);
      assertThat(again).as("the same bytes once more").isNotNull();
      assertThat(again.body()).isEqualTo(call.body());
      verifier.verify(again.headers()::get, again.bytes());
      assertIsDeliveredBy(serve, job, 2);
      assertThat(serve.stop()).isZero();
    }
  }

  @Test
  void webhookOfABatchIsSentOnceAfterItsLastPage() throws Exception {
    try (var serve = TintypeProcess.serve(folder.resolve("data"))) {
      TintypeClient client = TintypeClient.of(serve.url());
      RemoteSecret secret = client.webhooks().createSecret(SECRET);
      RemoteBatch batch =
          client
              .batches()
              .submit(
                  CaptureBatch.of(
                          List.of(
                              Capture.ofUrl(pages.url("/")),
                              Capture.ofHtml("<h1>Mine</h1>"),
                              Capture.ofUrl(pages.url("/"))))
                      .withDefaults(Capture.ofHtml("<p>").with(Viewport.WIDTH, 390))
                      .withWebhook(hook(), SECRET),
                  "order-7");

      Call call = calls.poll(5, TimeUnit.MINUTES);

      assertThat(call).as(String.join("\n", serve.log())).isNotNull();
      new WebhookVerifier(secret.keys(), InstantSource.system())
          .verify(call.headers()::get, call.bytes());
      assertThat(call.json().path("type").textValue()).isEqualTo("batch.finished");
      assertThat(call.json().at("/data/succeeded").intValue()).isEqualTo(3);
      Path file = folder.resolve("images.zip");
      client.batches().images(batch.id(), file);
      try (var zip = new ZipFile(file.toFile())) {
        List<? extends ZipEntry> images =
            zip.stream().filter(entry -> entry.getName().endsWith(".png")).toList();
        assertThat(images).hasSize(3);
        for (ZipEntry image : images) {
          assertThat(ImageIO.read(zip.getInputStream(image)).getWidth()).isEqualTo(390);
        }
      }
      assertThat(calls).as("it is called once").isEmpty();
      assertThat(serve.stop()).isZero();
    }
  }

  private String hook() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
  }

  private static void assertIsDeliveredBy(TintypeProcess serve, String job, int tries) {
    // The receiver has answered; that its answer is written down is a moment later.
    Eventually.holds(
        "the log tells of delivery " + tries,
        Duration.ofMinutes(2),
        () ->
            tintype(serve, "webhook", "deliveries", job)
                .contains("msg_" + job + "  delivered  " + tries));
  }

  private static String tintype(TintypeProcess serve, String... words) throws Exception {
    String[] command = new String[words.length + 2];
    System.arraycopy(words, 0, command, 0, words.length);
    command[words.length] = "--server";
    command[words.length + 1] = serve.url();
    TintypeProcess.Ended ended = TintypeProcess.run(command);
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended.out().strip();
  }
}
