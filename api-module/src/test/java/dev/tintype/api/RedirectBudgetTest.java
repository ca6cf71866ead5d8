package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.api.access.Tenants;
import dev.tintype.job.JobId;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /v1/screenshot} for clients that follow a limited number of redirects. */
class RedirectBudgetTest extends WithApi {
  private static final String DROP_IN = "/v1/screenshot?html=%3Cp%3Ehello";
  private static final byte[] IMAGE = {1, 2, 3};
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  @Override
  ApiUnderTest newApi() {
    return new ApiUnderTest(redis.uri(), Tenants.ONE, MAX_WAIT);
  }

  @Test
  void everyRedirectHasItsOwnAddress() {
    List<String> addresses = follow("curl/8.5.0", 3);

    assertThat(addresses).doesNotHaveDuplicates();
    assertThat(addresses.get(2)).endsWith("/image?wait=1&hop=3");
  }

  @ParameterizedTest
  @CsvSource({
    "Java-http-client/17.0.15, 4, 3900",
    "Go-http-client/1.1, 9, 0",
    "somebody's own client, 5, 0",
  })
  void clientWithFewRedirectsGetsAnAnswerAtItsLimit(String userAgent, int redirects, int leastMs) {
    long begin = System.nanoTime();
    List<String> addresses = follow(userAgent, redirects);

    Answer last = api.get(addresses.get(redirects - 1), "User-Agent", userAgent);

    assertThat(last.status()).isEqualTo(409);
    assertThat(last.code()).isEqualTo("redirects_used");
    assertThat(last.header("Retry-After")).isNotEmpty();
    assertThat(last.json().path("detail").textValue())
        .contains(redirects + " redirects", jobIn(addresses.get(0)).value());
    assertThat((System.nanoTime() - begin) / 1_000_000).isGreaterThan(leastMs);
  }

  @Test
  void jdkClientGetsTheImageInItsLastExchange() throws Exception {
    var client = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(() -> api.sendBy(client, api.request(DROP_IN).build()));
    // The first exchange and three hops end without the image; the last one waits for it.
    for (int exchange = 1; exchange <= 5; exchange++) {
      api.awaitWait();
    }

    CompletedJobs.complete(api, IMAGE);

    assertThat(answer.get().status()).isEqualTo(200);
    assertThat(answer.get().bytes()).isEqualTo(IMAGE);
  }

  @Test
  void jdkClientGetsAProblemAndNoEmptyRedirectAtItsLimit() {
    var client = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

    Answer answer = api.sendBy(client, api.request(DROP_IN).build());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("redirects_used");
    assertThat(answer.json().path("detail").textValue()).contains("retrylimit");
  }

  @Test
  void noExchangeLastsLongerThanMaxWaitAndASecond() {
    JobId id = api.submit();
    for (String agent : List.of("Java-http-client/17", "curl/8", "okhttp/4.12.0")) {
      long begin = System.nanoTime();
      Answer answer = api.get("/v1/jobs/" + id + "/image?wait=1&hop=1", "User-Agent", agent);
      assertThat(answer.status()).isEqualTo(303);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThan(MAX_WAIT.minusMillis(50))
          .isLessThan(MAX_WAIT.plusSeconds(1));
    }
  }

  @Test
  void cancelledJobEndsTheRedirectsAtOnce() {
    List<String> addresses = follow("curl/8.5.0", 1);
    api.cancel(jobIn(addresses.get(0)));

    Answer answer = api.get(addresses.get(0), "User-Agent", "curl/8.5.0");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("capture_failed");
  }

  @Test
  void zipOfABatchHasTheSameLimit() {
    Answer batch = api.call("POST", "/v1/batches", "{\"captures\": [{\"html\": \"<p>\"}]}");
    String images = batch.json().path("links").path("images").textValue();

    assertThat(api.get(images + "?wait=1&hop=3").header("Location"))
        .isEqualTo(images + "?wait=1&hop=4");
    assertThat(api.get(images + "?wait=1&hop=4").code()).isEqualTo("redirects_used");
  }

  @Test
  void hopThatIsNoNumberIsRefused() {
    Answer answer = api.get("/v1/jobs/" + api.submit() + "/image?hop=x");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").path(0).path("pointer").textValue()).isEqualTo("/hop");
  }

  private List<String> follow(String userAgent, int redirects) {
    List<String> addresses = new ArrayList<>();
    String address = DROP_IN;
    for (int i = 1; i <= redirects; i++) {
      Answer answer = api.get(address, "User-Agent", userAgent);
      assertThat(answer.status()).isEqualTo(303);
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      address = answer.header("Location");
      addresses.add(address);
    }
    return addresses;
  }

  private static JobId jobIn(String address) {
    var matcher = Pattern.compile("/v1/jobs/([0-9a-z]+)/").matcher(address);
    assertThat(matcher.find()).isTrue();
    return new JobId(matcher.group(1));
  }
}
