package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.testing.PageServer;
import dev.tintype.testing.RedisServer;
import dev.tintype.testing.StallMeter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes are killed: jobs are neither lost nor duplicated, and their timelines tell what
 * happened.
 */
class RecoveryIT {
  private static final Duration PROMISED = Duration.ofSeconds(16);

  private static final StallMeter stalls = new StallMeter();

  @RegisterExtension static final RedisServer redis = RedisServer.installed("--appendonly", "yes");

  private static PageServer pages;

  @BeforeAll
  static void start() {
    pages = PageServer.start();
    pages.page("/slow", "<h1>slow</h1>").delayed("/slow", Duration.ofSeconds(3));
  }

  @AfterAll
  static void stop() {
    pages.close();
  }

  @Test
  void jobOfAKilledWorkerIsDoneOnceByAnotherWithin16Seconds() throws Exception {
    try (var api = api("killed-worker");
        var one = worker("killed-worker", "one");
        var two = worker("killed-worker", "two")) {
      var client = new ApiCalls(api.url());
      String id = client.submit(pages.url("/slow"));
      String doomed =
          client.awaitState(id, "running").path("timeline").path(1).path("worker").textValue();
      String other = doomed.equals("one") ? "two" : "one";

      (doomed.equals("one") ? one : two).kill();

      JsonNode job = client.awaitState(id, "succeeded");
      assertThat(job.findValuesAsText("event"))
          .containsExactly("queued", "started", "lease_expired", "started", "succeeded");
      assertThat(job.path("timeline").findValuesAsText("worker"))
          .containsExactly(doomed, doomed, other, other);
      assertThat(job.path("attempt").intValue()).isEqualTo(2);
      assertThat(job.path("crashes").intValue()).isEqualTo(1);
      assertThat(Duration.between(at(job, 1), at(job, 3))).isLessThan(stalls.on(PROMISED));
      assertThat(client.image(id)).startsWith((byte) 0x89, 'P', 'N', 'G');
    }
  }

  @Test
  void acceptedJobsSurviveTheDeathOfTheApi() throws Exception {
    List<String> accepted = new ArrayList<>();
    try (var api = api("killed-api")) {
      var client = new ApiCalls(api.url());
      List<CompletableFuture<String>> submissions =
          IntStream.range(0, 200)
              .mapToObj(i -> client.submitLater(pages.url("/slow?" + i)))
              .toList();
      submissions.forEach(submission -> accepted.add(submission.join()));
      api.kill();
    }

    assertThat(accepted).hasSize(200).doesNotHaveDuplicates();
    try (var next = api("killed-api")) {
      var client = new ApiCalls(next.url());
      assertThat(accepted)
          .allMatch(id -> client.job(id).path("state").textValue().equals("queued"));
    }
  }

  @Test
  void stoppingWorkerFinishesItsCaptureAndExitsWithZero() throws Exception {
    try (var api = api("stopped-worker");
        var worker = worker("stopped-worker", "leaving")) {
      var client = new ApiCalls(api.url());
      String id = client.submit(pages.url("/slow"));
      client.awaitState(id, "running");

      assertThat(worker.stop()).isZero();

      assertThat(client.job(id).path("state").textValue()).isEqualTo("succeeded");
    }
  }

  @Test
  void captureThatExceedsTheGraceReturnsToTheQueue() throws Exception {
    try (var api = api("short-grace");
        var worker = worker("short-grace", "hasty", "--grace", "0s")) {
      var client = new ApiCalls(api.url());
      String id = client.submit(pages.url("/slow"));
      client.awaitState(id, "running");

      assertThat(worker.stop()).isZero();

      assertThat(client.job(id).findValuesAsText("event"))
          .containsExactly("queued", "started", "released");
      assertThat(client.job(id).path("crashes").intValue()).isZero();
    }
  }

  @Test
  void jobsOfServeSurviveItsRestart(@TempDir Path data) throws Exception {
    String id;
    byte[] image;
    try (var serve = TintypeProcess.serve(data)) {
      var client = new ApiCalls(serve.url());
      id = client.submit(pages.url("/slow"));
      client.awaitState(id, "succeeded");
      image = client.image(id);
    }
    try (var again = TintypeProcess.serve(data)) {
      assertThat(new ApiCalls(again.url()).image(id)).isEqualTo(image);
    }
  }

  @Test
  void jobsOfServeSurviveItsDeathAndItsRedisIsStopped(@TempDir Path data) throws Exception {
    String id;
    try (var serve = TintypeProcess.serve(data)) {
      var client = new ApiCalls(serve.url());
      id = client.submit(pages.url("/slow"));
      client.awaitState(id, "running");
      // The append-only file reaches the disk every second; the job is in it when this is over.
      client.awaitState(id, "succeeded");
      serve.kill();
    }
    try (var again = TintypeProcess.serve(data)) {
      assertThat(again.log()).anyMatch(line -> line.contains("event=orphan_redis_stopped"));
      assertThat(new ApiCalls(again.url()).job(id).path("state").textValue())
          .isEqualTo("succeeded");
    }
  }

  @Test
  void signalDuringTheStartLeavesNoRedis(@TempDir Path data) throws Exception {
    Pattern early = Pattern.compile("event=redis_started pid=(\\d+)");
    try (var serve =
        TintypeProcess.startUntil(
            early, "serve", "--data", data.toString(), "--port", "0", "--browsers", "1")) {
      long redis = Long.parseLong(serve.url());

      assertThat(serve.stop()).isZero();

      assertThat(ProcessHandle.of(redis)).isNotPresent();
      assertThat(data.resolve("redis.pid")).doesNotExist();
    }
  }

  @Test
  void failedStartExitsWithOneAndLeavesNoRedis(@TempDir Path data) throws Exception {
    try (var api = api("busy-port")) {
      String port = String.valueOf(URI.create(api.url()).getPort());

      var second = TintypeProcess.run("api", "--redis", redis.uri(), "--port", port);
      var serve =
          TintypeProcess.run("serve", "--data", data.toString(), "--port", port, "--browsers", "1");

      assertThat(second.code()).isEqualTo(1);
      assertThat(second.err()).contains("cannot listen").doesNotContain("event=stopped");
      assertThat(serve.code()).isEqualTo(1);
      assertThat(data.resolve("redis.pid")).doesNotExist();
    }
  }

  private static Instant at(JsonNode job, int entry) {
    return Instant.parse(job.path("timeline").path(entry).path("at").textValue());
  }

  private static TintypeProcess api(String namespace) throws Exception {
    return TintypeProcess.start(
        "api",
        "--redis",
        redis.uri(),
        "--port",
        "0",
        "--namespace",
        namespace,
        "--egress-allow",
        "127.0.0.1");
  }

  private static TintypeProcess worker(String namespace, String name, String... more)
      throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("worker", "--redis", redis.uri(), "--browsers", "1", "--namespace", namespace));
    arguments.addAll(List.of("--worker-name", name, "--egress-allow", "127.0.0.1"));
    arguments.addAll(List.of(more));
    return TintypeProcess.start(arguments.toArray(String[]::new));
  }
}
