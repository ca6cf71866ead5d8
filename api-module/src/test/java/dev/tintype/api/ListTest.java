package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.job.JobId;
import dev.tintype.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jobs that there are. */
class ListTest extends WithApi {
  @Test
  void jobsAreListedInPagesUntilThereIsNoCursor() {
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      jobs.add(api.submit().value());
    }

    Answer first = api.get("/v1/jobs?limit=3");
    Answer second = api.get("/v1/jobs?limit=3&cursor=" + first.json().path("cursor").textValue());

    assertThat(first.status()).isEqualTo(200);
    assertThat(ids(first)).hasSize(3);
    assertThat(ids(second)).hasSize(2);
    assertThat(second.json().has("cursor")).isFalse();
    assertThat(ids(first)).doesNotContainAnyElementsOf(ids(second));
    assertThat(jobs).containsAll(ids(first)).containsAll(ids(second));
  }

  @Test
  void jobsAreListedByStateAndHost() {
    api.post("{\"url\": \"http://example.com/a\"}");
    JobId done = api.claim().lease().job();
    JobId waiting = api.submit();

    assertThat(ids(api.get("/v1/jobs?state=queued"))).containsExactly(waiting.value());
    assertThat(ids(api.get("/v1/jobs?state=running"))).containsExactly(done.value());
    assertThat(ids(api.get("/v1/jobs?host=Example.COM."))).containsExactly(done.value());
    assertThat(ids(api.get("/v1/jobs?since=2000-01-01T00:00:00Z"))).hasSize(2);
    assertThat(ids(api.get("/v1/jobs?until=2000-01-01T00:00:00Z"))).isEmpty();
  }

  @Test
  void aPageThatHasNotChangedIsNotSentAgain() {
    api.submit();
    String tag = api.get("/v1/jobs").header("ETag");

    assertThat(api.get("/v1/jobs", "If-None-Match", tag).status()).isEqualTo(304);
    api.worker().complete(api.claim().lease(), Fixtures.aResult()).await();
    assertThat(api.get("/v1/jobs", "If-None-Match", tag).status()).isEqualTo(200);
  }

  @Test
  void allParametersThatAreWrongAreNamedAtOnce() {
    Answer answer = api.get("/v1/jobs?state=done&host=a%20b&since=yesterday&cursor=x&limit=0");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_parameter");
    assertThat(answer.json().path("errors").findValuesAsText("pointer"))
        .containsExactly("/state", "/host", "/since", "/cursor", "/limit");
    assertThat(answer.json().path("detail").textValue())
        .contains("state is \"done\"", "scheduled, queued, running");
  }

  @Test
  void aParameterThatNobodyKnowsIsNotIgnored() {
    Answer jobs = api.get("/v1/jobs?sate=failed&limit=3&x=1");
    assertThat(jobs.status()).isEqualTo(400);
    assertThat(jobs.json().path("errors").findValuesAsText("pointer"))
        .containsExactly("/sate", "/x");
    assertThat(jobs.json().path("errors").findValuesAsText("detail"))
        .containsExactly(
            "is not a known parameter; did you mean state?",
            "is not a known parameter; known are state, host, since, until, cursor, limit");

    Answer deliveries = api.get("/v1/webhooks/deliveries?state=given_up");
    assertThat(deliveries.status()).isEqualTo(400);
    assertThat(deliveries.json().path("detail").textValue())
        .isEqualTo("state is not a known parameter; known are cursor, limit");
  }

  private static List<String> ids(Answer answer) {
    List<String> ids = new ArrayList<>();
    for (JsonNode job : answer.json().path("jobs")) {
      ids.add(job.path("id").textValue());
    }
    return ids;
  }
}
