package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.job.JobId;
import dev.tintype.testing.RedisServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document as it is served, and what else is there for readers and caches. */
class ReferenceTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  private static ApiUnderTest api;

  @BeforeAll
  static void start() {
    api = new ApiUnderTest(redis.uri());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void theRootLeadsToTheReference() {
    Answer answer = api.get("/");

    assertThat(answer.status()).isEqualTo(302);
    assertThat(api.get(answer.header("Location")).status()).isEqualTo(200);
  }

  @Test
  void thePageConsistsOfFilesOfThisServer() {
    Answer page = api.get("/docs");

    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none';");
    List<String> files =
        Pattern.compile("(?:src|href)=\"([^\"]*)\"")
            .matcher(text(page))
            .results()
            .map(file -> file.group(1))
            .toList();
    assertThat(files).hasSizeGreaterThan(3).allMatch(file -> file.startsWith("/"));
    for (String file : files) {
      assertThat(api.get(file).status()).as(file).isEqualTo(200);
    }
    assertThat(api.get("/docs/nothing.js").code()).isEqualTo("route_not_found");
  }

  @ParameterizedTest
  @EnumSource
  void everyProblemLinksToAPageThatSaysWhatToDo(ProblemCode code) {
    Answer page = api.get(code.page());

    assertThat(page.status()).isEqualTo(200);
    assertThat(text(page))
        .contains(code.toString(), Integer.toString(code.status()), code.title(), code.advice());
  }

  @Test
  void thePageOfNoProblemIsNotFound() {
    Answer answer = api.get("/problems/none");

    assertThat(answer.code()).isEqualTo("route_not_found");
    assertThat(api.get(answer.json().path("type").textValue()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/openapi.yaml", "/docs", "/docs/swagger-ui-bundle.js", "/problems/too_fast"})
  void whoHasAFileIsNotSentItAgain(String path) {
    Answer first = api.get(path);
    Answer again = api.get(path, "If-None-Match", "\"other\", W/" + first.header("ETag"));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.bytes()).isEmpty();
    assertThat(api.get(path, "If-None-Match", "\"other\"").status()).isEqualTo(200);
  }

  @Test
  void aJobIsSentAgainOnlyWhenSomethingHasHappened() {
    JobId id = api.submit();
    String tag = api.get("/v1/jobs/" + id).header("ETag");

    Answer unchanged = api.get("/v1/jobs/" + id, "If-None-Match", tag);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.header("Retry-After")).isNotEmpty();

    api.cancel(id);
    Answer changed = api.get("/v1/jobs/" + id, "If-None-Match", tag);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(tag);
  }

  /** A page in somebody's browser may not drive the API: no answer allows another origin. */
  @Test
  void noOriginIsAllowed() {
    Answer answer = api.get("/health/live", "Origin", "https://elsewhere.example");

    assertThat(answer.response().headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control"));
    var preflight =
        api.request("/v1/jobs")
            .method("OPTIONS", BodyPublishers.noBody())
            .headers("Origin", "https://elsewhere.example")
            .build();
    assertThat(api.send(preflight).status()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/jobs          | GET, HEAD, POST",
        "/v1/jobs/         | GET, HEAD, POST",
        "/v1/jobs/x        | DELETE, GET, HEAD",
        "/v1/jobs/x/cancel | POST",
        "/                 | GET, HEAD"
      })
  void aMethodThatAnAddressDoesNotKnowIsToldThoseThatItKnows(String path, String methods) {
    var request = api.request(path).method("PUT", BodyPublishers.noBody());

    assertThat(api.send(request.build()).header("Allow")).isEqualTo(methods);
  }

  private static String text(Answer answer) {
    return new String(answer.bytes(), StandardCharsets.UTF_8);
  }
}
