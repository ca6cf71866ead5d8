package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tintype.client.EventListener;
import dev.tintype.client.InterruptedCallException;
import dev.tintype.client.RemoteEvent;
import dev.tintype.client.TintypeClient;
import dev.tintype.json.Json;
import dev.tintype.system.Nginx.Exchange;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.PageServer;
import dev.tintype.testing.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A job of a minute, followed alone and with all others through an nginx that cuts after 10 s. The
 * processes are those of compose.yaml, and so is the configuration of nginx but for its timer.
 */
@Execution(ExecutionMode.CONCURRENT) // It waits for a minute, in which others can be run.
class EventsIT {
  // With the 16 s after which a job is taken from a dead worker, a minute.
  private static final Duration SLOW = Duration.ofSeconds(45);
  private static final double MAX_WAIT_SECONDS = 4;

  @RegisterExtension static final RedisServer redis = RedisServer.installed("--appendonly", "yes");

  @Test
  @Timeout(600)
  void eventsOfALongJobPassNginxInOrderAndOnce() throws Exception {
    List<JsonNode> ofAll = new CopyOnWriteArrayList<>();
    try (var pages = PageServer.start();
        var api =
            TintypeProcess.start(
                "api",
                "--redis",
                redis.uri(),
                "--port",
                "0",
                "--max-wait",
                "4s",
                "--egress-allow",
                "127.0.0.1");
        var nginx = Nginx.before(URI.create(api.url()), URI.create(pages.url("/")), "10s")) {
      pages.page("/slow", "<h1>worth the wait</h1>").delayed("/slow", SLOW);
      var client = new ApiCalls(api.url());
      var followerOfAll = new Thread(() -> followAll(nginx.url(), ofAll), "follower-of-all");
      followerOfAll.start();
      try (var doomed = worker("doomed")) {
        // Its first stream has ended: whatever happens from now on is for the next ones.
        Eventually.holds("a stream", Duration.ofMinutes(2), () -> !nginx.exchanges().isEmpty());
        String id = client.submit(pages.url("/slow"));
        var follower = follow("events", id, "--json", "--server", nginx.url());
        client.awaitState(id, "running");
        try (var heir = worker("heir")) {
          doomed.kill();

          var ended = follower.get(5, TimeUnit.MINUTES);

          JsonNode job = client.job(id);
          assertThat(job.path("timeline").findValuesAsText("event"))
              .containsExactly("queued", "started", "lease_expired", "started", "succeeded");
          assertThat(Duration.between(at(job, "createdAt"), at(job, "finishedAt")))
              .isGreaterThan(Duration.ofSeconds(60));
          assertThat(heir.log()).anyMatch(line -> line.contains(id));
          assertThat(ended.code()).as(ended.err()).isZero();
          assertThat(ended.err()).isEmpty();
          assertThat(lines(ended.out())).containsExactlyElementsOf(job.path("timeline"));
          Eventually.holds("the end", Duration.ofMinutes(1), () -> ofAll.size() >= 5);
          assertThat(ofAll).allMatch(event -> event.path("job").textValue().equals(id));
          assertThat(ofAll)
              .extracting(event -> ((ObjectNode) event).without("job"))
              .containsExactlyElementsOf(job.path("timeline"));
        }
      }
      List<Exchange> streams = nginx.exchanges();
      assertThat(streams).hasSizeGreaterThan(2 * 12);
      assertThat(streams).allMatch(e -> e.status() == 200);
      assertThat(streams).allMatch(e -> e.seconds() < 2 * MAX_WAIT_SECONDS);
      assertThat(nginx.errors()).isEmpty();
      assertThat(api.log()).noneMatch(line -> line.contains("event=connection_lost"));
      followerOfAll.interrupt();
      followerOfAll.join();
    }
  }

  private static void followAll(String server, List<JsonNode> events) {
    var listener =
        new EventListener() {
          @Override
          public void event(RemoteEvent event) {
            events.add(event.json());
          }

          @Override
          public void trouble(String what) {
            events.add(new TextNode(what));
          }
        };
    try {
      TintypeClient.of(server).events(Duration.ofHours(1), listener);
    } catch (InterruptedCallException e) {
      // The test has seen enough.
    }
  }

  private static CompletableFuture<TintypeProcess.Ended> follow(String... arguments) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return TintypeProcess.run(arguments);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        command -> new Thread(command, "follower").start());
  }

  private static List<JsonNode> lines(String text) {
    return text.lines().map(line -> Json.read(line, JsonNode.class)).toList();
  }

  private static Instant at(JsonNode job, String moment) {
    return Instant.parse(job.path(moment).textValue());
  }

  private static TintypeProcess worker(String name) throws Exception {
    return TintypeProcess.start(
        "worker",
        "--redis",
        redis.uri(),
        "--worker-name",
        name,
        "--browsers",
        "1",
        "--egress-allow",
        "127.0.0.1");
  }
}
