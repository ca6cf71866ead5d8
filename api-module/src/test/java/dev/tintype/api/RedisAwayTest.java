package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.LeaseReply;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.RedisServer;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What clients hear while Redis is down or full, and that nobody has to restart anything. */
class RedisAwayTest {
  private static final String CAPTURE = "{\"html\": \"<p>hello\"}";
  private static final Duration SOON = Duration.ofSeconds(1);

  @Test
  void withoutRedisEveryRequestIsAnsweredWithinASecondAndWorkResumesSoonAfterItsReturn()
      throws Exception {
    try (var redis = RedisServer.installed("--appendonly", "yes").start();
        var api = new ApiUnderTest(redis.uri())) {
      String before = "/v1/jobs/" + api.submit();
      redis.kill();

      List<CompletableFuture<Timed>> requests =
          Stream.generate(
                  () ->
                      List.of(
                          timed(api, post(api)),
                          timed(api, api.request(before).build()),
                          timed(api, api.request("/health/ready").build())))
              .limit(20)
              .flatMap(List::stream)
              .toList();
      for (CompletableFuture<Timed> request : requests) {
        Timed answer = request.get();
        assertThat(answer.answer.status()).isEqualTo(503);
        assertThat(answer.answer.code()).isEqualTo("queue_unavailable");
        assertThat(answer.answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.took).isLessThan(SOON);
      }
      assertThat(api.get("/health/live").status()).as("it lives all the while").isEqualTo(200);

      redis.restart();
      Eventually.holds(
          "a submission", Duration.ofSeconds(2), () -> api.post(CAPTURE).status() == 202);
      assertThat(api.get(before).status()).as("what was accepted is there").isEqualTo(200);
    }
  }

  @Test
  void aFullRedisRefusesWhatIsNewFinishesWhatRunsAndRecoversByItself() throws Exception {
    try (var redis = RedisServer.bundled("--maxmemory", "8mb").start();
        var api = new ApiUnderTest(redis.uri())) {
      api.submit();
      Assignment running = api.claim();
      // A picture larger than all that there is: the last one that comes in.
      var image = Buffer.buffer(new byte[10 << 20]);
      api.images().put(running.imageKey(), image, Duration.ofHours(1)).await();

      assertThat(api.post(CAPTURE).status()).isEqualTo(503);
      assertThat(api.get("/health/ready").status()).isEqualTo(503);
      var result = Fixtures.aResultOf(running.imageKey(), image.length());
      assertThat(api.worker().complete(running.lease(), result).await()).isEqualTo(LeaseReply.OK);
      Answer picture = api.get("/v1/jobs/" + running.lease().job() + "/image");
      assertThat(picture.bytes()).hasSize(image.length());

      assertThat(api.delete(running.lease().job()).status()).isEqualTo(204);
      api.upkeep().deleteGarbage(10).await();
      // Redis frees large values in a thread of its own.
      Eventually.holds(
          "a submission", Duration.ofSeconds(2), () -> api.post(CAPTURE).status() == 202);
      assertThat(api.get("/health/ready").status()).isEqualTo(200);
    }
  }

  private static HttpRequest post(ApiUnderTest api) {
    return api.request("/v1/jobs").POST(BodyPublishers.ofString(CAPTURE)).build();
  }

  private static CompletableFuture<Timed> timed(ApiUnderTest api, HttpRequest request) {
    long begin = System.nanoTime();
    return api.sendAsync(request)
        .thenApply(answer -> new Timed(answer, Duration.ofNanos(System.nanoTime() - begin)));
  }

  private record Timed(Answer answer, Duration took) {}
}
