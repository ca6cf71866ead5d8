package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobState;
import dev.tintype.job.TimelineEntry;
import dev.tintype.outbox.LoggedDelivery;
import dev.tintype.testing.RedisServer;
import dev.tintype.testing.WebhookBodies;
import dev.tintype.webhook.Webhook;
import dev.tintype.webhook.WebhookEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Route;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Code and document say the same. Each comparison is also shown a document with a fault, since one
 * that finds nothing holds nothing.
 */
class ApiDocumentTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  private static final ApiDocument DOCUMENT = ApiDocument.own();

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
  void everyRouteIsInTheDocumentAndNothingElseIs() {
    List<Route> routes = api.routes();

    assertThat(Conformity.ofRoutes(DOCUMENT, routes)).isEmpty();

    var missing =
        DOCUMENT.with(root -> ((ObjectNode) root.path("paths")).remove("/v1/jobs/{id}/cancel"));
    assertThat(Conformity.ofRoutes(missing, routes))
        .containsExactly("POST /v1/jobs/{id}/cancel is in Routes and not in openapi.yaml");
    var invented = DOCUMENT.with(root -> root.withObject("/paths/~1v2~1jobs/get"));
    assertThat(Conformity.ofRoutes(invented, routes))
        .containsExactly("GET /v2/jobs is in openapi.yaml and not in Routes");
  }

  @Test
  void everyProblemIsInTheDocumentUnderItsStatusWithAnExample() {
    assertThat(Conformity.ofProblems(DOCUMENT)).isEmpty();

    var without =
        DOCUMENT.with(root -> root.withObject("/components/examples").remove("queue_full"));
    assertThat(Conformity.ofProblems(without))
        .containsExactly("queue_full is a ProblemCode and has no components/examples/queue_full");
    var otherStatus =
        DOCUMENT.with(
            root -> root.withObject("/components/examples/too_fast/value").put("status", 503));
    assertThat(Conformity.ofProblems(otherStatus))
        .containsExactly(
            "components/examples/too_fast/status is 503 in openapi.yaml and 429 in the code");
    var otherPlace =
        DOCUMENT.with(
            root -> {
              ObjectNode responses = root.withObject("/paths/~1v1~1jobs/post/responses");
              responses.set("425", responses.remove("429"));
            });
    assertThat(Conformity.ofProblems(otherPlace))
        .contains("POST /v1/jobs, problem too_fast is 425 in openapi.yaml and 429 in the code");
  }

  @Test
  void everyFieldOfACaptureIsInTheDocumentWithItsDefault() {
    assertThat(Conformity.ofFields(DOCUMENT)).isEmpty();

    var without =
        DOCUMENT.with(root -> root.withObject("/components/schemas/Area/properties").removeAll());
    assertThat(Conformity.ofFields(without))
        .contains("CaptureField /area/fullPage is missing in Capture, at /area/fullPage");
    var otherDefault =
        DOCUMENT.with(
            root ->
                root.withObject("/components/schemas/Limits/properties/timeout")
                    .put("default", "30s"));
    assertThat(Conformity.ofFields(otherDefault))
        .contains("Capture/limits/timeout/default is 30s in openapi.yaml and 1m in the code");
    var invented =
        DOCUMENT.with(
            root ->
                root.withObject("/components/schemas/Area/properties/element")
                    .put("type", "string"));
    assertThat(Conformity.ofFields(invented))
        .containsExactly("/area/element of Capture is no CaptureField");
  }

  @Test
  void theDocumentAndTheReaderJudgeTheSameAtEveryLimit() {
    assertThat(Conformity.ofJudgements(DOCUMENT)).isEmpty();

    var wider =
        DOCUMENT.with(
            root ->
                root.withObject("/components/schemas/Viewport/properties/width")
                    .put("maximum", 9000));
    assertThat(Conformity.ofJudgements(wider))
        .contains(
            "/viewport/width of Capture: 9000 is valid by openapi.yaml and refused by CaptureReader");
    var longer =
        DOCUMENT.with(
            root ->
                root.withObject("/components/schemas/WaitFor/properties/delay")
                    .put("description", "Rest after every other wait. From 0s to 2m."));
    assertThat(Conformity.ofJudgements(longer))
        .contains(
            "/wait/delay of Capture: \"PT2M\" is allowed by the description and not by"
                + " CaptureReader");
  }

  @Test
  void everyWordOfTheCodeIsInTheDocument() {
    assertThat(Conformity.ofWords(DOCUMENT, "JobState", JobState.values())).isEmpty();
    assertThat(Conformity.ofWords(DOCUMENT, "FailureCode", FailureCode.values())).isEmpty();
    assertThat(Conformity.ofWords(DOCUMENT, "Event", TimelineEntry.Event.values())).isEmpty();
    assertThat(Conformity.ofWords(DOCUMENT, "EndpointEvent", Webhook.ALL_EVENTS.toArray()))
        .isEmpty();
    assertThat(
            Conformity.ofWords(
                DOCUMENT,
                "WebhookEvent",
                Webhook.ALL_EVENTS.stream().filter(WebhookEvent::isOfJob).toArray()))
        .isEmpty();
    assertThat(
            Conformity.ofWords(
                DOCUMENT,
                "EventType",
                Arrays.stream(WebhookEvent.values()).map(WebhookEvent::type).toArray()))
        .isEmpty();
    assertThat(Conformity.ofWords(DOCUMENT, "DeliveryState", LoggedDelivery.State.values()))
        .isEmpty();

    assertThat(Conformity.ofWords(DOCUMENT, "Event", JobState.values()))
        .contains("running is missing in components/schemas/Event")
        .contains("started of components/schemas/Event is not in the code");
  }

  @Test
  void everyExampleIsValid() {
    assertThat(Conformity.ofExamples(DOCUMENT)).isEmpty();

    var misspelt =
        DOCUMENT.with(
            root ->
                root.withObject("/components/examples/queuedJob/value").put("status", "queued"));
    assertThat(Conformity.ofExamples(misspelt))
        .isNotEmpty()
        .allMatch(fault -> fault.contains("queued is not valid") && fault.contains("'status'"));
    var impossible =
        DOCUMENT.with(
            root ->
                root.withObject("/components/schemas/Viewport/properties/width").put("default", 0));
    assertThat(Conformity.ofExamples(impossible))
        .anyMatch(fault -> fault.contains("/width/default is not valid"));
  }

  /** The deliverer's own test holds what it sends against the same bodies. */
  @Test
  void theBodiesOfWebhooksAreThoseOfTheDocument() {
    for (WebhookEvent event : WebhookEvent.values()) {
      JsonNode body = WebhookBodies.of(event);
      String name =
          switch (event) {
            case BATCH -> "BatchEvent";
            case TEST -> "TestEvent";
            default -> "JobEvent";
          };
      JsonNode schema = DOCUMENT.component("schemas", name);

      assertThat(DOCUMENT.faultsOfOurs(schema, body)).as("%s", event).isEmpty();
      assertThat(DOCUMENT.component("examples", event + "Event").path("value")).isEqualTo(body);
    }
  }

  @Test
  void anAnswerThatTheDocumentDoesNotHaveIsFound() {
    var json = Map.of("content-type", List.of("application/json"));
    var noStore = Map.of("cache-control", List.of("no-store"));
    String live = "{\"status\": \"live\"}";

    assertThat(differences("GET", "/health/live", 418, json, live))
        .containsExactly("GET /health/live has no response 418");
    assertThat(differences("GET", "/v3", 200, json, live))
        .containsExactly("it has no GET of this path");
    assertThat(differences("GET", "/health/live", 200, json, live))
        .containsExactly("header Cache-Control is required and was not sent");
    assertThat(differences("GET", "/health/live", 200, noStore, live))
        .containsExactly("response 200 has no content of type \"\"");
    var both =
        Map.of(
            "content-type", List.of("application/json"),
            "cache-control", List.of("no-store"),
            "x-more", List.of("1"));
    assertThat(differences("GET", "/health/live", 200, both, live))
        .containsExactly("response 200 has no header x-more");
    assertThat(differences("HEAD", "/health/live", 200, both, "")).hasSize(1);
    assertThat(differences("GET", "/health/live", 200, both, "{\"status\": \"dead\", \"x\": 1}"))
        .hasSize(3);
  }

  @Test
  void aProblemThatAnOperationDoesNotListIsFound() {
    var headers =
        Map.of(
            "content-type", List.of("application/problem+json"),
            "cache-control", List.of("no-store"));
    String problem = DOCUMENT.component("examples", "invalid_json").path("value").toString();

    assertThat(differences("POST", "/v1/jobs", 400, headers, problem)).isEmpty();
    assertThat(differences("GET", "/health/live", 400, headers, problem))
        .containsExactly("response 400 has no example of the problem invalid_json");
  }

  private static List<String> differences(
      String method, String path, int status, Map<String, List<String>> headers, String body) {
    return new Exchange(method, path, status, headers, Buffer.buffer(body)).differences(DOCUMENT);
  }
}
