package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.api.access.Tenants;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.json.Json;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.TenantPlan;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisServer;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job that is followed instead of asked for. */
class EventsTest {
  private static final Pattern EVENT =
      Pattern.compile("id: ([\\d-]+)\nevent: (\\w+)\ndata: (\\{.*\\})\n\n");

  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

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
  void aStreamTellsWhatHappensUntilTheJobIsOver() throws Exception {
    JobId id = api.submit();
    CompletableFuture<Answer> stream = follow(id, "");
    api.awaitWait();
    Assignment running = api.claim();
    api.worker().complete(running.lease(), Fixtures.aResult()).await();

    Answer answer = stream.get();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(names(answer)).containsExactly("0 queued", "1 started", "2 succeeded");
    JsonNode started = Json.read(events(answer).get(1).group(3), JsonNode.class);
    assertThat(started.path("attempt").intValue()).isEqualTo(1);
    assertThat(started.path("worker").textValue()).isEqualTo("w");
  }

  @Test
  void aClientThatComesAgainIsToldTheRest() throws Exception {
    JobId id = finished();

    assertThat(names(follow(id, "0").get())).containsExactly("1 started", "2 succeeded");
    assertThat(names(follow(id, "1").get())).containsExactly("2 succeeded");
  }

  @Test
  void aClientThatHasEverythingIsToldNotToComeAgain() throws Exception {
    JobId id = finished();

    Answer answer = follow(id, "2").get();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void aStreamOfAJobThatTakesLongEndsInTimeAndTheNextGoesOn() throws Exception {
    JobId id = api.submit();
    long begin = System.nanoTime();

    Answer first = follow(id, "").get();

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(ApiUnderTest.MAX_WAIT, ApiUnderTest.MAX_WAIT.multipliedBy(2));
    assertThat(names(first)).containsExactly("0 queued");
    assertThat(text(first)).as("a sign of life at half of its time").contains("\n\n:\n\n");
    CompletableFuture<Answer> next = follow(id, "0");
    api.claim();
    assertThat(names(next.get())).containsExactly("1 started");
  }

  @Test
  void aJobThatIsDeletedEndsItsStream() throws Exception {
    JobId id = api.submit();
    CompletableFuture<Answer> stream = follow(id, "");
    api.awaitWait();

    api.delete(id);

    assertThat(names(stream.get())).startsWith("0 queued");
    assertThat(follow(id, "0").get().code()).isEqualTo("job_gone");
  }

  @Test
  void anApiThatStopsEndsItsStreams() throws Exception {
    JobId id = api.submit();
    CompletableFuture<Answer> stream = follow(id, "");
    api.awaitWait();

    api.undeploy();

    assertThat(names(stream.get())).containsExactly("0 queued");
  }

  @Test
  void aLinkLeadsFromTheJobToItsEvents() throws Exception {
    JobId id = finished();
    String link = api.get("/v1/jobs/" + id).json().at("/links/events").textValue();

    assertThat(names(api.get(link))).hasSize(3);
  }

  @Test
  void aStreamThatIsOnlyLookedAtHasNoEvents() {
    Answer answer = api.call("HEAD", "/v1/jobs/" + api.submit() + "/events", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void whatIsNoEventIdIsRefused() throws Exception {
    Answer answer = follow(api.submit(), "abc").get();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").textValue()).contains("Last-Event-ID", "abc");
  }

  @Test
  void whoFollowsATenantIsToldWhatHappensToAllItsJobs() throws Exception {
    api.submit();
    CompletableFuture<Answer> stream = followAll("");
    api.awaitWait();

    JobId later = api.submit();
    api.claim();
    api.cancel(later);

    Answer answer = stream.get();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(words(answer)).containsExactly("queued", "started", "cancelled");
    JsonNode queued = Json.read(events(answer).get(0).group(3), JsonNode.class);
    assertThat(queued.path("job").textValue()).isEqualTo(later.value());
    assertThat(queued.path("at").textValue()).isNotEmpty();
  }

  @Test
  void whatHappensBetweenTwoStreamsOfATenantIsToldByTheSecond() throws Exception {
    Answer first = followAll("").get();
    assertThat(words(first)).isEmpty();
    Matcher id = Pattern.compile("(?m)^id: (.+)$").matcher(text(first));
    assertThat(id.find()).as(text(first)).isTrue();
    api.submit();

    Answer second = followAll(id.group(1)).get();
    assertThat(words(second)).containsExactly("queued");
    api.claim();
    Answer third = followAll(events(second).get(0).group(1)).get();
    assertThat(words(third)).containsExactly("started");
  }

  @Test
  void aTenantIsNotToldOfTheJobsOfAnother() throws Exception {
    try (var two =
        new ApiUnderTest(redis.uri(), new Tenants("X-Tenant", TenantPlan.DEFAULT, Map.of()))) {
      CompletableFuture<Answer> stream =
          two.sendAsync(two.request("/v1/events").header("X-Tenant", "a").build());
      two.awaitWait();
      two.post("{\"html\": \"of b\"}", "X-Tenant", "b");
      two.post("{\"html\": \"of a\"}", "X-Tenant", "a");

      assertThat(words(stream.get())).containsExactly("queued");
    }
  }

  @Test
  void whoMayHaveMissedSomethingIsTold() throws Exception {
    CompletableFuture<Answer> stream = followAll("1-1");
    api.awaitWait();
    api.submit();

    Answer answer = stream.get();
    assertThat(words(answer)).containsExactly("missed", "queued");
    String known = events(answer).get(0).group(1);
    assertThat(words(followAll(known).get())).containsExactly("queued");
  }

  @Test
  void moreThanALookFindsIsToldAllTheSame() throws Exception {
    String start = events(followAll("1-1").get()).get(0).group(1);
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      jobs.add(api.submit().value());
    }

    Answer answer = followAll(start).get();

    assertThat(events(answer).stream().map(event -> job(event.group(3))))
        .containsExactlyElementsOf(jobs);
  }

  @Test
  void aReaderThatIsSlowIsNotSentMoreAndIsToldTheRestLater() throws Exception {
    String start = events(followAll("1-1").get()).get(0).group(1);
    // 8 MB of events, more than the ways in between hold.
    String message = "x".repeat(20_000);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      api.submit();
      var failure = new Failure(FailureCode.TIMEOUT, message);
      api.worker().fail(api.claim().lease(), failure, Optional.empty()).await();
      expected.addAll(List.of("queued", "started", "failed"));
    }
    URLConnection slow = api.connection("/v1/events");
    slow.setRequestProperty("Last-Event-ID", start);
    List<String> told = new ArrayList<>();
    try (InputStream stream = slow.getInputStream()) {
      // One that begins later has ended: so has the time of this one.
      followAll("").get();
      String last = tell(new String(stream.readAllBytes(), StandardCharsets.UTF_8), told);

      assertThat(told).hasSizeBetween(1, expected.size() - 1);
      while (told.size() < expected.size()) {
        last = tell(text(followAll(last).get()), told);
      }
    }

    assertThat(told).isEqualTo(expected);
  }

  /** The id of the last event of a stream. */
  private static String tell(String stream, List<String> told) {
    List<MatchResult> events = EVENT.matcher(stream).results().toList();
    events.forEach(event -> told.add(event.group(2)));
    return events.get(events.size() - 1).group(1);
  }

  @Test
  void anApiThatStopsEndsTheStreamsOfTenants() throws Exception {
    CompletableFuture<Answer> stream = followAll("");
    api.awaitWait();
    long begin = System.nanoTime();

    api.undeploy();

    assertThat(stream.get().status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ApiUnderTest.MAX_WAIT);
  }

  @Test
  void whatIsNoEventIdOfATenantIsRefused() throws Exception {
    assertThat(followAll("17").get().code()).isEqualTo("invalid_parameter");
  }

  private CompletableFuture<Answer> followAll(String lastEventId) {
    var request = api.request("/v1/events");
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    return api.sendAsync(request.build());
  }

  private static String job(String data) {
    return Json.read(data, JsonNode.class).path("job").textValue();
  }

  private static List<String> words(Answer answer) {
    return events(answer).stream().map(event -> event.group(2)).toList();
  }

  private static String text(Answer answer) {
    return new String(answer.bytes(), StandardCharsets.UTF_8);
  }

  private JobId finished() {
    JobId id = api.submit();
    api.worker().complete(api.claim().lease(), Fixtures.aResult()).await();
    return id;
  }

  private CompletableFuture<Answer> follow(JobId id, String lastEventId) {
    var request = api.request("/v1/jobs/" + id + "/events");
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    return api.sendAsync(request.build());
  }

  private static List<MatchResult> events(Answer answer) {
    return EVENT.matcher(text(answer)).results().toList();
  }

  private static List<String> names(Answer answer) {
    return events(answer).stream().map(event -> event.group(1) + " " + event.group(2)).toList();
  }
}
