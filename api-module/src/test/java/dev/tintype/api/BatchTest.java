package dev.tintype.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.api.access.Tenants;
import dev.tintype.job.JobId;
import dev.tintype.json.Json;
import dev.tintype.queue.Assignment;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisServer;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Captures that are asked for together. */
class BatchTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  private static final String TWO =
      """
      {"defaults": {"viewport": {"width": 390}},
       "captures": [{"url": "http://example.com/a/b.html"}, {"html": "<p>two"}], "metadata": {"order": 7}}
      """;

  private ApiUnderTest api;

  @BeforeEach
  void start() {
    api = new ApiUnderTest(redis.uri());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aBatchIsTakenAtOnceAndTellsHowFarItIs() {
    Answer taken = submit(TWO);

    assertThat(taken.status()).isEqualTo(202);
    String address = taken.header("Location");
    assertThat(address).isEqualTo(taken.json().at("/links/self").textValue());
    assertThat(taken.header("Retry-After")).isNotEmpty();
    assertProgress(taken.json(), "open", 2, 0);
    assertThat(taken.json().at("/metadata/order").intValue()).isEqualTo(7);
    complete();
    Answer half = api.get(address);
    assertProgress(half.json(), "open", 1, 1);
    assertThat(half.header("Retry-After")).isNotEmpty();
    complete();
    Answer finished = api.get(address);
    assertProgress(finished.json(), "finished", 0, 2);
    assertThat(finished.json().path("finishedAt").isTextual()).isTrue();
    assertThat(finished.header("Retry-After")).isEmpty();
  }

  @Test
  void whoWaitsForABatchIsAnsweredWhenItsLastJobEnds() throws Exception {
    String address = submit(TWO).header("Location");
    complete();
    var waiting = api.sendAsync(api.request(address + "?wait=2").build());
    api.awaitWait();

    complete();

    assertProgress(waiting.get().json(), "finished", 0, 2);
    assertThat(api.get(address, "If-None-Match", api.get(address).header("ETag")).status())
        .isEqualTo(304);
  }

  @Test
  void theResultsAreALineForEachCaptureInItsOrderAtAnyTime() {
    String address = submit(TWO).header("Location");
    complete();

    Answer results = api.get(address + "/results");

    assertThat(results.header("Content-Type")).isEqualTo("application/x-ndjson");
    List<JsonNode> lines = lines(results);
    assertThat(lines).extracting(line -> line.path("index").intValue()).containsExactly(0, 1);
    assertThat(lines)
        .extracting(line -> line.path("state").textValue())
        .containsExactly("succeeded", "queued");
    assertThat(lines.get(0).at("/result/image/sha256").isTextual()).isTrue();
    assertThat(lines.get(0).path("url").textValue()).isEqualTo("http://example.com/a/b.html");
  }

  @Test
  void oneThatIsForgottenKeepsItsLine() {
    String address = submit(TWO).header("Location");
    String id = lines(api.get(address + "/results")).get(1).path("id").textValue();

    api.delete(new JobId(id));

    JsonNode line = lines(api.get(address + "/results")).get(1);
    assertThat(line.path("id").textValue()).isEqualTo(id);
    assertThat(line.has("state")).isFalse();
  }

  @Test
  void theImagesComeAsOneFileWithTheResultsWhenTheBatchHasFinished() throws IOException {
    String address = submit(TWO).header("Location");
    byte[] first = image(3 << 20, 1);
    complete(first);
    assertThat(api.get(address + "/images.zip").code()).isEqualTo("batch_open");
    byte[] second = image(5, 2);
    complete(second);

    Answer answer = api.get(address + "/images.zip");

    assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
    assertThat(answer.header("Content-Disposition")).startsWith("attachment; filename=\"batch-");
    Map<String, byte[]> files = unzipped(answer.bytes());
    assertThat(files.keySet())
        .containsExactly("results.ndjson", "0001-example.com-a-b.html.png", "0002-page.png");
    assertThat(files.get("0001-example.com-a-b.html.png")).isEqualTo(first);
    assertThat(files.get("0002-page.png")).isEqualTo(second);
    assertThat(new String(files.get("results.ndjson"), UTF_8).lines()).hasSize(2);
  }

  @Test
  void aSlowReaderOfTheImagesIsReadForNoFasterThanItTakesThem() throws IOException {
    int images = 24;
    String address = submit(pages(images)).header("Location");
    for (int i = 0; i < images; i++) {
      complete(image(2 << 20, i));
    }
    long before = api.partsRead();
    try (InputStream zip = api.begin(address + "/images.zip")) {
      assertThat(zip.read()).isEqualTo('P');
      // Each is answered on the loop that would read on.
      for (int i = 0; i < 100; i++) {
        api.get(address);
      }
      assertThat(api.partsRead() - before).as("parts of a MiB").isBetween(1L, images + 0L);

      assertThat(zip.readAllBytes().length).isGreaterThan(images * (2 << 20));
    }
    assertThat(api.partsRead() - before).isEqualTo(2L * images);
  }

  @Test
  void whatIsForgottenWhileItIsSentIsNotMissingWithoutAWord() throws IOException {
    int images = 24;
    String address = submit(pages(images)).header("Location");
    for (int i = 0; i < images; i++) {
      complete(image(2 << 20, i));
    }
    List<JsonNode> lines = lines(api.get(address + "/results"));
    try (InputStream zip = api.begin(address + "/images.zip")) {
      // The list is in it, and the first image.
      assertThat(zip.readNBytes(3 << 20)).hasSize(3 << 20);

      api.delete(new JobId(lines.get(images - 1).path("id").textValue()));
      assertThat(api.upkeep().deleteGarbage(10).await()).isEqualTo(1);

      assertThatThrownBy(zip::readAllBytes).isInstanceOf(IOException.class);
    }
    assertThat(unzipped(api.get(address + "/images.zip").bytes())).hasSize(images);
  }

  @Test
  void theResultsOfABatchThatIsForgottenWhileTheyAreSentDoNotEndAsIfTheyWereAll()
      throws IOException {
    String large = "{\"note\": \"%s\"}".formatted("x".repeat(4_000));
    String address =
        submit("{\"defaults\": {\"metadata\": %s}, %s".formatted(large, pages(1_000).substring(1)))
            .header("Location");
    List<JsonNode> lines = lines(api.get(address + "/results"));
    try (Socket slow = api.connect(4_096)) {
      slow.getOutputStream()
          .write(
              ("GET " + address + "/results HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(UTF_8));
      assertThat(slow.getInputStream().readNBytes(2_000)).asString(UTF_8).contains("\"index\":0");

      CompletableFuture.allOf(
              lines.stream()
                  .map(line -> api.request("/v1/jobs/" + line.path("id").textValue()))
                  .map(request -> api.sendAsync(request.DELETE().build()))
                  .toArray(CompletableFuture[]::new))
          .join();

      String rest = new String(slow.getInputStream().readAllBytes(), UTF_8);
      assertThat(rest).contains("\"index\":100").doesNotEndWith("\r\n0\r\n\r\n");
    }
    assertThat(api.get(address + "/results").status()).isEqualTo(404);
  }

  @Test
  void whoWaitsForTheImagesIsSentOnUntilTheyAreThere() throws Exception {
    String address = submit("{\"captures\": [{\"html\": \"<p>\"}]}").header("Location");

    Answer waited = api.get(address + "/images.zip?wait=1");

    assertThat(waited.status()).isEqualTo(303);
    assertThat(waited.header("Location")).isEqualTo(address + "/images.zip?wait=1&hop=1");
  }

  @Test
  void aCancelledBatchEndsWhatHasNotEnded() {
    String address = submit(TWO).header("Location");
    complete();

    Answer cancelled = api.call("POST", address + "/cancel", "");

    assertProgress(cancelled.json(), "finished", 0, 1);
    assertThat(cancelled.json().path("cancelled").intValue()).isEqualTo(1);
    assertThat(api.call("POST", address + "/cancel", "").status()).isEqualTo(200);
  }

  @Test
  void aBatchThatIsSentAgainUnderItsKeyIsTheSameBatch() {
    Answer first = submit(TWO, "Idempotency-Key", "order-7");
    Answer again = submit(TWO, "Idempotency-Key", "order-7");
    Answer other = submit("{\"captures\": [{\"html\": \"<p>\"}]}", "Idempotency-Key", "order-7");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(other.code()).isEqualTo("idempotency_key_reused");
  }

  @Test
  void everyCaptureThatMayNotBeOpenedIsNamed() {
    Answer answer =
        submit(
            """
            {"captures": [{"url": "http://127.0.0.1/"}, {"url": "http://example.com/"},
                          {"url": "http://10.0.0.1/"}, {"url": "http://127.0.0.1/b"}]}
            """);

    assertThat(answer.code()).isEqualTo("egress_refused");
    assertThat(answer.json().path("errors").findValuesAsText("pointer"))
        .containsExactly("/captures/0/url", "/captures/2/url", "/captures/3/url");
    assertThat(api.get("/v1/jobs").json().path("jobs")).isEmpty();
  }

  @Test
  void aWebhookThatMayNotBeCalledIsNamedWhereItStands() {
    Answer answer =
        submit(
            """
            {"captures": [{"html": "<p>"},
                          {"html": "<p>", "webhook": {"url": "http://127.0.0.1/hook"}}]}
            """);

    assertThat(answer.code()).isEqualTo("egress_refused");
    assertThat(answer.json().path("errors").findValuesAsText("pointer"))
        .containsExactly("/captures/1/webhook/url");
  }

  @Test
  void aSecretThatIsMissingIsNamedHoweverLongTheAddressesTake() {
    var leaps = new AtomicLong();
    InstantSource clock = () -> Instant.EPOCH.plusSeconds(10 * leaps.incrementAndGet());
    String captures =
        IntStream.range(0, 9)
            .mapToObj(
                i ->
                    "{\"html\": \"<p>\", \"webhook\": {\"url\": \"http://example.com/%d\"%s}}"
                        .formatted(i, i == 8 ? ", \"secret\": \"prod\"" : ""))
            .collect(Collectors.joining(","));
    try (var slow = new ApiUnderTest(redis.uri(), Tenants.ONE, ApiUnderTest.MAX_WAIT, clock)) {
      Answer answer = slow.call("POST", "/v1/batches", "{\"captures\": [" + captures + "]}");

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.json().at("/errors/0/pointer").textValue())
          .isEqualTo("/captures/8/webhook/secret");
    }
  }

  @Test
  void everyErrorOfABatchIsToldAtItsPlace() {
    Answer answer =
        submit(
            """
            {"captures": [{"url": "http://example.com/", "deadline": "2000-01-01T00:00:00Z"}, {}],
             "webhooks": {}}
            """);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("invalid_capture");
    assertThat(answer.json().path("errors").findValuesAsText("pointer"))
        .containsExactly("/webhooks", "/captures/1");
    assertThat(
            submit(
                    """
                    {"captures": [{"html": "<p>", "deadline": "2000-01-01T00:00:00Z"}]}
                    """)
                .json()
                .path("errors")
                .findValuesAsText("pointer"))
        .containsExactly("/captures/0/deadline");
    assertThat(
            submit(
                    """
                    {"captures": [{"html": "<p>"}],
                     "webhook": {"url": "http://example.com/hook", "secret": "unknown"}}
                    """)
                .code())
        .isEqualTo("invalid_webhook");
  }

  @Test
  void aThousandCapturesOfAThousandHostsComeInTogether() {
    String captures =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "{\"url\": \"http://8.8.%d.%d/\"}".formatted(i / 250, i % 250 + 1))
            .collect(Collectors.joining(","));

    Answer taken = submit("{\"captures\": [" + captures + "]}");

    assertThat(taken.status()).isEqualTo(202);
    assertThat(lines(api.get(taken.header("Location") + "/results"))).hasSize(1_000);
    Answer cancelled = api.call("POST", taken.header("Location") + "/cancel", "");
    assertThat(cancelled.json().path("cancelled").intValue()).isEqualTo(1_000);
  }

  @Test
  void aBatchThatDoesNotFitIsRefusedWhole() {
    String captures =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "{\"html\": \"<p>\"}")
            .collect(Collectors.joining(","));
    String batch = "{\"captures\": [" + captures + "]}";
    for (int i = 0; i < ApiUnderTest.MAX_WAITING / 1_000; i++) {
      assertThat(submit(batch).status()).isEqualTo(202);
    }

    Answer refused = submit(batch);

    assertThat(refused.code()).isEqualTo("queue_full");
    assertThat(refused.header("Retry-After")).isNotEmpty();
  }

  @Test
  void aBatchThatNeverWasIsNotFound() {
    for (String path : List.of("", "/results", "/images.zip")) {
      assertThat(api.get("/v1/batches/01j4a0c0w8m0q6r9t5v2x7y3zb" + path).code())
          .isEqualTo("batch_not_found");
      assertThat(api.get("/v1/batches/nonsense" + path).code()).isEqualTo("batch_not_found");
    }
    assertThat(api.call("POST", "/v1/batches/01j4a0c0w8m0q6r9t5v2x7y3zb/cancel", "").code())
        .isEqualTo("batch_not_found");
  }

  private static String pages(int count) {
    return "{\"captures\": [" + "{\"html\": \"<p>\"},".repeat(count - 1) + "{\"html\": \"<p>\"}]}";
  }

  private Answer submit(String batch, String... headers) {
    var request = api.request("/v1/batches").POST(BodyPublishers.ofString(batch));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return api.send(request.build());
  }

  private void complete() {
    complete(image(3, 0));
  }

  private void complete(byte[] image) {
    Assignment assignment = api.claim();
    api.images().put(assignment.imageKey(), Buffer.buffer(image), Duration.ofHours(1)).await();
    api.worker()
        .complete(assignment.lease(), Fixtures.aResultOf(assignment.imageKey(), image.length))
        .await();
  }

  private static byte[] image(int bytes, int seed) {
    byte[] image = new byte[bytes];
    new Random(seed).nextBytes(image);
    return image;
  }

  private static void assertProgress(JsonNode batch, String state, int open, int succeeded) {
    assertThat(batch.path("state").textValue()).isEqualTo(state);
    assertThat(batch.path("total").intValue()).isEqualTo(2);
    assertThat(batch.path("open").intValue()).isEqualTo(open);
    assertThat(batch.path("succeeded").intValue()).isEqualTo(succeeded);
  }

  private static List<JsonNode> lines(Answer answer) {
    return new String(answer.bytes(), UTF_8)
        .lines()
        .map(line -> Json.read(line, JsonNode.class))
        .toList();
  }

  private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }
}
