package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.json.Json;
import dev.tintype.testing.RedisServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two APIs behind the shipped nginx: clients do not notice when one of them dies. */
class ProxyRetryIT {
  @RegisterExtension static final RedisServer redis = RedisServer.installed();

  private final HttpClient client = HttpClient.newHttpClient();
  private TintypeProcess first;
  private TintypeProcess second;
  private Nginx nginx;

  @BeforeEach
  void start() throws Exception {
    first = api();
    second = api();
    URI one = URI.create(first.url());
    nginx = Nginx.before(one, URI.create(second.url()), one, "60s");
  }

  @AfterEach
  void stop() {
    nginx.close();
    first.close();
    second.close();
  }

  @Test
  void deadApiIsNotNoticedByReads() throws Exception {
    String job = submit().path("id").textValue();

    first.kill();

    for (int i = 0; i < 20; i++) {
      assertThat(get("/v1/jobs/" + job).statusCode()).isEqualTo(200);
    }
    assertThat(nginx.exchanges()).noneMatch(exchange -> exchange.status() >= 500);
    assertThat(nginx.errors()).anyMatch(line -> line.contains("Connection refused"));
  }

  @Test
  void deadApiIsNotNoticedBySubmissions() throws Exception {
    first.kill();

    for (int i = 0; i < 20; i++) {
      assertThat(submit().path("state").textValue()).isEqualTo("queued");
    }
  }

  /** No server is marked as failed, or nginx would answer 502 by itself for ten seconds. */
  @Test
  void apiIsAskedAgainAsSoonAsItIsBack() throws Exception {
    int port = URI.create(second.url()).getPort();
    first.kill();
    second.kill();
    assertThat(get("/health/live").statusCode()).isEqualTo(502);

    second = api(port);

    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void clientCannotChooseItsTenant() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(nginx.url() + "/v1/jobs"))
            .header("X-Tenant", "victim")
            .POST(BodyPublishers.ofString("{\"html\": \"hello\"}"))
            .build();

    JsonNode job = Json.read(client.send(request, BodyHandlers.ofString()).body(), JsonNode.class);

    HttpRequest asNobody =
        HttpRequest.newBuilder(URI.create(first.url() + "/v1/jobs/" + job.path("id").textValue()))
            .build();
    assertThat(client.send(asNobody, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    HttpRequest asVictim =
        HttpRequest.newBuilder(URI.create(first.url() + "/v1/jobs"))
            .header("X-Tenant", "victim")
            .build();
    assertThat(client.send(asVictim, BodyHandlers.ofString()).body()).contains("\"jobs\":[]");
  }

  private JsonNode submit() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(nginx.url() + "/v1/jobs"))
            .POST(BodyPublishers.ofString("{\"html\": \"hello\"}"))
            .build();
    HttpResponse<String> answer = client.send(post, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return Json.read(answer.body(), JsonNode.class);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(nginx.url() + path)).build(), BodyHandlers.ofString());
  }

  private static TintypeProcess api() throws Exception {
    return api(0);
  }

  private static TintypeProcess api(int port) throws Exception {
    return TintypeProcess.start(
        "api",
        "--redis",
        redis.uri(),
        "--port",
        Integer.toString(port),
        "--tenant-header",
        "X-Tenant");
  }
}
