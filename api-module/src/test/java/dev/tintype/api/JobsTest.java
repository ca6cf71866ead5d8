package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.queue.Assignment;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.testing.RedisServer;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobsTest extends WithApi {
  @Test
  void aCaptureIsAcceptedWithTheAddressOfItsJob() {
    Answer answer = api.post("{\"url\": \"http://example.com/\"}");

    assertThat(answer.status()).isEqualTo(202);
    String id = answer.json().path("id").textValue();
    assertThat(answer.header("Location")).isEqualTo("/v1/jobs/" + id);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(answer.json().path("state").textValue()).isEqualTo("queued");
    assertThat(answer.json().path("links").path("image").textValue())
        .isEqualTo("/v1/jobs/" + id + "/image");
  }

  /** As {@code curl -d} sends it. */
  @Test
  void aBodyThatIsCalledAFormIsReadAsTheJsonThatItIs() {
    Answer answer =
        api.post("{\"html\": \"<p>100%!\"}", "Content-Type", "application/x-www-form-urlencoded");

    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void aJobCanBeFollowedToItsEnd() {
    JobId id = api.submit();
    assertThat(api.get("/v1/jobs/" + id).json().path("state").textValue()).isEqualTo("queued");

    Assignment assignment = claim();
    assertThat(api.get("/v1/jobs/" + id).json().path("state").textValue()).isEqualTo("running");

    api.worker().complete(assignment.lease(), Fixtures.aResult()).await();
    Answer done = api.get("/v1/jobs/" + id);
    assertThat(done.json().path("state").textValue()).isEqualTo("succeeded");
    assertThat(done.json().path("result").path("image").path("width").intValue()).isEqualTo(1280);
    assertThat(done.json().findValuesAsText("event"))
        .containsExactly("queued", "started", "succeeded");
    assertThat(done.header("Retry-After")).isEmpty();
  }

  @Test
  void headTellsWhatGetWouldWithoutTheBody() {
    Answer answer =
        api.send(
            api.request("/v1/jobs/" + api.submit())
                .method("HEAD", BodyPublishers.noBody())
                .build());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void aFailedJobSaysWhy() {
    JobId id = api.submit();
    api.worker()
        .fail(
            claim().lease(),
            new Failure(FailureCode.HOST_NOT_FOUND, "no such host"),
            Optional.empty())
        .await();

    JsonNode job = api.get("/v1/jobs/" + id).json();
    assertThat(job.path("attempt").intValue()).isEqualTo(job.path("failures").intValue());
    JsonNode failure = job.path("failure");
    assertThat(failure.path("code").textValue()).isEqualTo("host_not_found");
    assertThat(failure.path("message").textValue()).isEqualTo("no such host");
  }

  @Test
  void aPreferredWaitIsGrantedUpToTheLimitAndSaysSo() {
    Answer answer = api.post("{\"html\": \"<p>hello\"}", "Prefer", "respond-async, wait=600");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=2");
    assertThat(answer.json().path("state").textValue()).isEqualTo("queued");
  }

  /** The first wait of a process subscribes, and a new subscription tells everybody to look. */
  @Test
  void aWaitIsNotEndedByAHintThatIsFalse() {
    JobId id = api.submit();

    long begin = System.nanoTime();
    Answer answer = api.get("/v1/jobs/" + id + "?wait=1");

    assertThat(answer.json().path("state").textValue()).isEqualTo("queued");
    assertThat(System.nanoTime() - begin).isGreaterThan(900_000_000L);
  }

  @Test
  void aWaitEndsAsSoonAsTheJobDoes() throws Exception {
    JobId id = api.submit();
    Assignment assignment = claim();
    CompletableFuture<Answer> waiting =
        api.sendAsync(api.request("/v1/jobs/" + id + "?wait=2").build());

    long begin = System.nanoTime();
    api.worker().complete(assignment.lease(), Fixtures.aResult()).await();
    assertThat(waiting.get().status()).isEqualTo(200);

    assertThat(System.nanoTime() - begin).isLessThan(ApiUnderTest.MAX_WAIT.toNanos() / 2);
  }

  @Test
  void whoWaitsIsAnsweredWhenTheProcessIsToldToStop() throws Exception {
    JobId id = api.submit();
    var client = HttpClient.newBuilder().version(Version.HTTP_1_1).build(); // as a proxy speaks it
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(
            () -> api.sendBy(client, api.request("/v1/jobs/" + id + "?wait=2").build()));
    api.awaitWait();

    api.undeploy();

    assertThat(waiting.get().status()).isEqualTo(200);
    assertThat(waiting.get().json().path("state").textValue()).isEqualTo("queued");
  }

  @Test
  void aJobThatNeverWasIsNotFound() {
    Answer answer = api.get("/v1/jobs/" + Fixtures.aJobId());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("code").textValue()).isEqualTo("job_not_found");
    assertThat(api.get("/v1/jobs/nonsense").json().path("code").textValue())
        .isEqualTo("job_not_found");
  }

  @Test
  void twoHundredSubmissionsAtOnceAreAllAccepted() {
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    api.sendAsync(
                        api.request("/v1/jobs")
                            .POST(BodyPublishers.ofString("{\"html\": \"<p>" + i + "\"}"))
                            .build()))
            .toList();

    Set<String> jobs = new HashSet<>();
    for (var answer : answers) {
      assertThat(answer.join().status()).isEqualTo(202);
      jobs.add(answer.join().header("Location"));
    }
    assertThat(jobs).hasSize(200);
  }

  @Test
  void readyMeansThatRedisTakesWrites() throws Exception {
    assertThat(api.get("/health/live").status()).isEqualTo(200);
    assertThat(api.get("/health/ready").status()).isEqualTo(200);

    try (RedisServer own = RedisServer.bundled().start();
        ApiUnderTest orphan = new ApiUnderTest(own.uri())) {
      own.kill();

      Answer notReady = orphan.get("/health/ready");
      assertThat(notReady.status()).isEqualTo(503);
      assertThat(notReady.header("Retry-After")).isEqualTo("5");
      assertThat(notReady.json().path("code").textValue()).isEqualTo("queue_unavailable");
      assertThat(orphan.post("{\"html\": \"<p>hello\"}").status()).isEqualTo(503);
      assertThat(orphan.get("/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void anUnknownAddressAndAnUnknownMethodAreProblemsToo() {
    assertThat(api.get("/v2/jobs").json().path("code").textValue()).isEqualTo("route_not_found");
    assertThat(api.call("PUT", "/v1/jobs", "").json().path("code").textValue())
        .isEqualTo("method_not_allowed");
  }

  private Assignment claim() {
    return api.worker()
        .claim(QueueAccess.WORKER, "nonce-" + Fixtures.aJobId())
        .await()
        .orElseThrow();
  }
}
