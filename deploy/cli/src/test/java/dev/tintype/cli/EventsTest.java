package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.client.Pacing;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.testing.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What happens to jobs, followed from the command line. */
class EventsTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  @TempDir Path folder;
  private ServerUnderTest server;

  @BeforeEach
  void start() {
    server = new ServerUnderTest(redis.uri(), folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aJobIsFollowedToItsEnd() {
    String id = submit();
    Run events = server.run("events", id);
    events.out.awaitText(" queued\n");
    server.complete();

    assertThat(events.exit()).as(events.err()).isEqualTo(0);
    List<String> lines = events.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z started attempt 1 on w");
    assertThat(lines.get(2)).contains(" succeeded attempt 1 on w");
    assertThat(events.err()).isEmpty();
  }

  @Test
  void programsGetTheEventsAsLinesOfJson() {
    String id = submit();
    server.complete();

    Run events = server.run("events", id, "--json");

    assertThat(events.exit()).isEqualTo(0);
    assertThat(words(events)).containsExactly("queued", "started", "succeeded");
  }

  @Test
  void aJobThatFailsEndsWithOneAndTellsWhy() {
    String id = submit();
    server.fail(FailureCode.PAGE_CRASHED, "the page took its process down");

    Run events = server.run("events", id);

    assertThat(events.exit()).isEqualTo(1);
    assertThat(events.out()).contains(": page_crashed, the page took its process down\n");
    assertThat(events.err()).contains("tintype status " + id);
  }

  @Test
  void aJobThatTakesLongerThanAStreamIsToldWithoutGapOrRepetition() {
    String id = submit();
    Run events = server.run("events", id, "--json");
    events.out.awaitText("queued");
    var assignment = server.claim();
    events.out.awaitText("started");
    // Two streams of 2 s end meanwhile; what comes must come on a later one.
    server.rest(Duration.ofMillis(4_500));
    server.complete(assignment);

    assertThat(events.exit()).isEqualTo(0);
    assertThat(words(events)).containsExactly("queued", "started", "succeeded");
    assertThat(events.err()).isEmpty();
  }

  @Test
  void aServerThatVanishesForAMomentCostsNoEvent() {
    String id = submit();
    Run events =
        Run.prepare(folder, server.environment(), "", false, Pacing.DEFAULT)
            .start("events", id, "--json");
    events.out.awaitText("queued");
    server.vanish();
    var assignment = server.claim();
    events.err.awaitText("asking again");
    server.start();
    server.complete(assignment);

    assertThat(events.exit()).isEqualTo(0);
    assertThat(words(events)).containsExactly("queued", "started", "succeeded");
  }

  @Test
  void whoeverGivesUpIsToldHowToFollowTheJobAgain() {
    String id = submit();

    Run events = server.run("events", id, "--wait-limit", "500ms");

    assertThat(events.exit()).isEqualTo(5);
    assertThat(events.err())
        .contains("still queued after 500ms", "tintype events " + id + " --server ");
  }

  @Test
  void aServerThatStaysAwayEndsIt() {
    String id = submit();
    Run events = server.run("events", id);
    events.out.awaitText("queued");
    server.vanish();

    assertThat(events.exit()).isEqualTo(4);
    assertThat(events.err()).contains("has not answered for 1s", "tintype events " + id);
  }

  @Test
  void aJobThatIsNotThereIsRefused() {
    Run never = server.run("events", "01k5m7c0f2x8v9q3w4e5r6t7y8");
    assertThat(never.exit()).isEqualTo(3);

    String id = submit();
    Run events = server.run("events", id);
    events.out.awaitText("queued");
    assertThat(server.run("delete", id).exit()).isEqualTo(0);
    assertThat(events.exit()).isEqualTo(3);
    assertThat(events.err()).contains("no longer kept: a client deleted it");
  }

  @Test
  void interruptedFollowerIsToldThatTheJobGoesOn() throws Exception {
    String id = submit();
    try (var client = ChildProcess.client(folder, "events", id, "--server", server.address())) {
      client.out.awaitText(" queued\n");
      client.interrupt();

      assertThat(client.exit()).as(client.err.text()).isEqualTo(130);
      assertThat(client.err.text()).contains("Follow it again: tintype events " + id);
    }
  }

  @Test
  void allJobsAreFollowedFromNowOn() {
    submit();
    Run all = server.run("events");
    Run json = server.run("events", "--json");
    server.awaitFollowers(2);

    String id = submit();
    server.fail(FailureCode.PAGE_CRASHED, "the page took its process down");
    server.cancel(new JobId(id));

    all.out.awaitText(" " + id + " cancelled\n");
    assertThat(all.out().lines()).hasSize(4);
    assertThat(all.out())
        .contains(" " + id + " queued\n", " failed attempt 1 on w: page_crashed, the page took");
    assertThat(all.err())
        .isEqualTo("following all jobs of " + server.address() + "; stop with Ctrl-C\n");
    json.out.awaitText("cancelled");
    assertThat(words(json)).containsExactly("queued", "started", "failed", "cancelled");
    assertThat(json.lines().get(0).path("job").textValue()).isEqualTo(id);
  }

  @Test
  void followingEndsWhenNobodyReadsTheEvents() throws Exception {
    try (var client =
        ChildProcess.client(folder, Map.of(), "events", "--json", "--server", server.address())) {
      server.awaitFollowers(1);
      submit();
      // As head -1 does.
      assertThat(client.firstLine()).contains("queued");
      submit();

      assertThat(client.exit()).isZero();
      assertThat(client.err.text().lines())
          .hasSize(1)
          .allMatch(line -> line.startsWith("following all jobs"));
    }
  }

  @Test
  void allJobsAreFollowedNoLongerThanOneLikes() {
    assertThat(server.run("events", "--wait-limit", "100ms").exit()).isEqualTo(0);
  }

  @Test
  void whatHappensWhileTheServerIsAwayIsToldLater() {
    Run events =
        Run.prepare(folder, server.environment(), "", false, Pacing.DEFAULT)
            .start("events", "--json");
    server.awaitFollowers(1);
    submit();
    events.out.awaitText("queued");
    server.vanish();
    server.claim();
    events.err.awaitText("asking again");
    server.start();
    server.awaitFollowers(1);
    submit();

    server.complete();
    events.out.awaitText("succeeded");
    assertThat(words(events)).startsWith("queued", "started", "queued", "started", "succeeded");
  }

  private String submit() {
    Run submit = server.run("submit", "example.com");
    assertThat(submit.exit()).isEqualTo(0);
    return submit.out().strip();
  }

  private static List<String> words(Run events) {
    return events.lines().stream().map((JsonNode line) -> line.path("event").asText()).toList();
  }
}
