package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What a client does, over plain HTTP. */
final class ApiCalls {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;

  ApiCalls(String url) {
    server = URI.create(url);
  }

  String submit(String page) {
    return submitLater(page).join();
  }

  CompletableFuture<String> submitLater(String page) {
    HttpRequest post =
        HttpRequest.newBuilder(server.resolve("/v1/jobs"))
            .POST(BodyPublishers.ofString("{\"url\": \"" + page + "\"}"))
            .build();
    return client
        .sendAsync(post, BodyHandlers.ofString())
        .thenApply(
            answer -> {
              assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
              return Json.read(answer.body(), JsonNode.class).path("id").textValue();
            });
  }

  JsonNode job(String id) {
    return get("/v1/jobs/" + id);
  }

  /** Asks until the job is in the state, for five minutes at most. */
  JsonNode awaitState(String id, String state) {
    long end = System.nanoTime() + 300_000_000_000L;
    return Stream.generate(
            () -> state.equals("running") ? job(id) : get("/v1/jobs/" + id + "?wait=5"))
        .takeWhile(job -> System.nanoTime() < end)
        .filter(job -> job.path("state").textValue().equals(state))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not " + state + " after five minutes: " + job(id)));
  }

  byte[] image(String id) {
    HttpRequest get = HttpRequest.newBuilder(server.resolve("/v1/jobs/" + id + "/image")).build();
    HttpResponse<byte[]> answer = client.sendAsync(get, BodyHandlers.ofByteArray()).join();
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private JsonNode get(String path) {
    HttpRequest get = HttpRequest.newBuilder(server.resolve(path)).build();
    return Json.read(client.sendAsync(get, BodyHandlers.ofString()).join().body(), JsonNode.class);
  }
}
