package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.json.Json;
import dev.tintype.system.Nginx.Exchange;
import dev.tintype.testing.PageServer;
import dev.tintype.testing.RedisServer;
import dev.tintype.testing.StallMeter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The incident that the product was born from, replayed: a proxy that cuts after 6 s, a page that
 * needs 15. The processes are those of compose.yaml, and so is the configuration of nginx but for
 * its timer.
 */
class IncidentIT {
  private static final Duration SLOW = Duration.ofSeconds(15);
  private static final long MAX_WAIT_SECONDS = 2;
  private static final StallMeter stalls = new StallMeter();
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  @RegisterExtension static final RedisServer redis = RedisServer.installed("--appendonly", "yes");

  private static PageServer pages;
  private static TintypeProcess api;
  private static TintypeProcess worker;
  private static TintypeProcess secondWorker;
  private static Nginx nginx;

  @BeforeAll
  static void start() throws Exception {
    pages = PageServer.start();
    pages.page("/slow", "<title>slow</title><h1>worth the wait</h1>").delayed("/slow", SLOW);
    // What the product replaces: a handler that answers when it is done.
    pages.page("/synchronous", "done").delayed("/synchronous", SLOW);
    api =
        TintypeProcess.start(
            "api",
            "--redis",
            redis.uri(),
            "--port",
            "0",
            "--max-wait",
            "2s",
            "--egress-allow",
            "127.0.0.1");
    worker = worker();
    secondWorker = worker();
    // The first request of a JVM loads classes, which on a busy machine alone takes as long as this
    // proxy is patient. It is not what is tested here.
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(api.url() + "/v1/screenshot?html=hello")).build(),
            BodyHandlers.discarding());
    nginx = Nginx.before(URI.create(api.url()), URI.create(pages.url("/")), "6s");
  }

  @AfterAll
  static void stop() throws Exception {
    nginx.close();
    worker.close();
    secondWorker.close();
    api.close();
    pages.close();
  }

  @Test
  void clientThatFollowsRedirectsGetsTheImage() throws Exception {
    assertThatCurlGetsThePicture("/v1/screenshot?url=" + pages.url("/slow"));
  }

  @Test
  void legacyPathGetsTheImage() throws Exception {
    assertThatCurlGetsThePicture("/api/nodeservice/screenshot?url=" + pages.url("/slow"));
  }

  @Test
  void postThenPollGetsTheImage() throws Exception {
    HttpClient client = HttpClient.newBuilder().followRedirects(Redirect.NEVER).build();
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(nginx.url() + "/v1/jobs"))
            .POST(BodyPublishers.ofString("{\"url\": \"" + pages.url("/slow") + "\"}"))
            .build();
    HttpResponse<String> accepted = client.send(post, BodyHandlers.ofString());
    assertThat(accepted.statusCode()).isEqualTo(202);
    URI job =
        URI.create(nginx.url()).resolve(accepted.headers().firstValue("Location").orElseThrow());

    String state = "";
    for (int poll = 0; poll < 100 && !state.equals("succeeded"); poll++) {
      HttpRequest get = HttpRequest.newBuilder(URI.create(job + "?wait=2")).build();
      state =
          Json.read(client.send(get, BodyHandlers.ofString()).body(), JsonNode.class)
              .path("state")
              .textValue();
    }

    assertThat(state).isEqualTo("succeeded");
    HttpRequest image = HttpRequest.newBuilder(URI.create(job + "/image")).build();
    assertThat(client.send(image, BodyHandlers.ofByteArray()).body()).startsWith(PNG);
    assertThatNoExchangeWasCut();
  }

  @Test
  void commandLineGetsTheImage(@TempDir Path folder) throws Exception {
    Path picture = folder.resolve("slow.png");

    var shot =
        TintypeProcess.run(
            "shot", pages.url("/slow"), "--server", nginx.url(), "-o", picture.toString());

    assertThat(shot.err()).contains("1280");
    assertThat(shot.code()).isZero();
    assertThat(Files.readAllBytes(picture)).startsWith(PNG);
    assertThatNoExchangeWasCut();
  }

  /** The contrast: without it, the rest would prove nothing about the timer of the proxy. */
  @Test
  void longestUrlOfTheApiPassesNginx() throws Exception {
    String encoded = "%41".repeat(9_000);
    var request =
        HttpRequest.newBuilder(
                URI.create(nginx.url() + "/v1/screenshot?url=http://127.0.0.1/" + encoded))
            .build();

    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

    // The API's own refusal, of a url over 8,192 characters; nginx's would be a page of HTML.
    assertThat(answer.statusCode()).isBetween(400, 499).isNotEqualTo(414);
    assertThat(answer.body()).startsWith("{").contains("8,192");
  }

  @Test
  void synchronousHandlerBehindTheSameProxyIsCut() throws Exception {
    HttpRequest get = HttpRequest.newBuilder(URI.create(nginx.url() + "/synchronous")).build();

    var answer = HttpClient.newHttpClient().send(get, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(504);
  }

  private static void assertThatCurlGetsThePicture(String path) throws Exception {
    Path picture = Files.createTempFile("slow", ".png");
    Process curl =
        new ProcessBuilder(
                "curl",
                "-sSL",
                "-w",
                "%{http_code} %{content_type} %{num_redirects}",
                "-o",
                picture.toString(),
                nginx.url() + path)
            .redirectErrorStream(true)
            .start();
    String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).startsWith("200 image/png");
    assertThat(Files.readAllBytes(picture)).startsWith(PNG);
    assertThatNoExchangeWasCut();
  }

  private static void assertThatNoExchangeWasCut() throws Exception {
    List<Exchange> exchanges =
        nginx.exchanges().stream().filter(e -> !e.uri().startsWith("/synchronous")).toList();
    assertThat(exchanges).isNotEmpty();
    assertThat(exchanges).noneMatch(e -> e.status() == 502 || e.status() == 504);
    double limit = stalls.on(Duration.ofSeconds(MAX_WAIT_SECONDS + 1)).toMillis() / 1e3;
    assertThat(exchanges).allMatch(e -> e.seconds() <= limit);
  }

  private static TintypeProcess worker() throws Exception {
    return TintypeProcess.start(
        "worker", "--redis", redis.uri(), "--browsers", "2", "--egress-allow", "127.0.0.1");
  }
}
