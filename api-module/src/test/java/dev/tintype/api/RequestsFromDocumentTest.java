package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.ApiDocument.Operation;
import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.api.RequestsFromDocument.Asked;
import dev.tintype.api.access.Tenants;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.JobId;
import dev.tintype.json.Json;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.DeliveryAttempt;
import dev.tintype.outbox.Settlement.GivenUp;
import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.queue.Assignment;
import dev.tintype.testing.Fixtures;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever a client makes of the document, and whatever it gets wrong: every answer is one that the
 * document has, and none is a fault of ours.
 *
 * <p>{@code -Dtintype.requests=1000} asks more often, {@code -Dtintype.seed=1} the same again.
 */
class RequestsFromDocumentTest extends WithApi {
  private static final int OF_EACH = Integer.getInteger("tintype.requests", 60);

  // Some of them wait as long as one may, so that the number of turns is what takes time.
  private static final int AT_ONCE = 400;

  private static final long SEED =
      Long.getLong("tintype.seed", new Random().nextLong(1_000_000_000));

  @Override
  ApiUnderTest newApi() {
    return new ApiUnderTest(redis.uri(), Tenants.ONE, Duration.ofSeconds(1));
  }

  @Test
  void whatTheDocumentOffersIsAnsweredAsItSays() {
    askAll(true);
  }

  @Test
  void whatTheDocumentForbidsIsAnsweredAsItSays() {
    askAll(false);
  }

  @Test
  void theSameSeedMakesTheSameRequests() {
    for (Operation operation : ApiDocument.own().operations()) {
      assertThat(requests().next(operation, false)).isEqualTo(requests().next(operation, false));
    }
  }

  @Test
  void aRequestThatFailsIsReportedWithoutWhatDoesNotMatter() {
    var asked =
        new Asked(
            "POST", "/v1/jobs?a=1&b=2", Map.of(), "{\"url\": 1, \"area\": {}, \"cache\": null}");

    Asked smallest =
        RequestsFromDocument.smallest(
            asked, less -> less.body().contains("area") && less.path().contains("b=2"));

    assertThat(smallest).isEqualTo(new Asked("POST", "/v1/jobs?b=2", Map.of(), "{\"area\":{}}"));
  }

  private static RequestsFromDocument requests() {
    return new RequestsFromDocument(ApiDocument.own(), new Random(SEED), Map.of());
  }

  private void askAll(boolean wellFormed) {
    var random = new Random(SEED);
    var requests =
        new RequestsFromDocument(
            ApiDocument.own(),
            random,
            Map.of(
                "JobId", jobs(),
                "BatchId", batches(),
                "EndpointId", endpoints(),
                "SecretName", secrets(),
                "DeliveryId", deliveries()));
    List<Request> all = new ArrayList<>();
    for (int i = 0; i < OF_EACH; i++) {
      for (Operation operation : ApiDocument.own().operations()) {
        all.add(new Request(operation, requests.next(operation, wellFormed)));
      }
    }
    for (int done = 0; done < all.size(); done += AT_ONCE) {
      List<Request> some = all.subList(done, Math.min(all.size(), done + AT_ONCE));
      List<CompletableFuture<String>> faults =
          some.stream().map(request -> fault(request.asked, request.operation)).toList();
      faults.forEach(CompletableFuture::join);
      for (int i = 0; i < some.size(); i++) {
        if (!faults.get(i).join().isEmpty()) {
          Operation operation = some.get(i).operation;
          Asked smallest =
              RequestsFromDocument.smallest(
                  some.get(i).asked, less -> !fault(less, operation).join().isEmpty());
          throw new AssertionError(
              "seed %d: %s%n%s".formatted(SEED, smallest, fault(smallest, operation).join()));
        }
      }
    }
  }

  private record Request(Operation operation, Asked asked) {}

  /** What is wrong with the answer; empty if nothing is. */
  private CompletableFuture<String> fault(Asked asked, Operation operation) {
    HttpRequest.Builder request = api.request(asked.path());
    asked.headers().forEach(request::header);
    HttpRequest sent =
        request.method(asked.method(), BodyPublishers.ofString(asked.body())).build();
    return api.sendAsync(sent)
        .thenApply(answer -> judge(asked, operation, answer))
        .exceptionally(Throwable::toString);
  }

  private static String judge(Asked asked, Operation operation, Answer answer) {
    if (answer.status() >= 500) {
      return "it was answered " + answer.status();
    }
    JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
    JsonNode body = schema.isMissingNode() ? null : withoutNulls(asked.body());
    return body != null
            && answer.status() < 400
            && !ApiDocument.own().faults(schema, body).isEmpty()
        ? "it was accepted, which the document forbids: " + ApiDocument.own().faults(schema, body)
        : "";
  }

  /** As the reader sees it: null is as good as absent. */
  private static @Nullable JsonNode withoutNulls(String body) {
    try {
      JsonNode json = Json.read(body, JsonNode.class);
      strip(json);
      return json;
    } catch (UncheckedIOException e) {
      return null;
    }
  }

  private static void strip(JsonNode node) {
    var each = node.elements();
    while (each.hasNext()) {
      JsonNode child = each.next();
      if (child.isNull()) {
        each.remove();
      } else {
        strip(child);
      }
    }
  }

  /** So many that one is there for most of the test, although each may be deleted in it. */
  private List<String> endpoints() {
    List<String> endpoints = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Answer made =
          api.call("POST", "/v1/webhooks/endpoints", "{\"url\": \"https://example.com/hook\"}");
      endpoints.add(made.json().path("id").textValue());
    }
    return endpoints;
  }

  private List<String> secrets() {
    api.call("PUT", "/v1/webhooks/secrets/mine", "");
    return List.of("mine", "default", "none");
  }

  /** Some that wait, and some that were given up. */
  private List<String> deliveries() {
    api.end();
    var failed =
        new DeliveryAttempt("status", "the receiver answered 500", 500, Duration.ZERO, "oops");
    for (Delivery delivery : api.outbox().claim("once", 3).await()) {
      api.outbox()
          .settle(delivery.lease(), failed, new GivenUp(false), ReceiverState.HEALTHY)
          .await();
    }
    List<String> deliveries = new ArrayList<>();
    api.get("/v1/webhooks/deliveries")
        .json()
        .path("deliveries")
        .forEach(delivery -> deliveries.add(delivery.path("id").textValue()));
    assertThat(deliveries).isNotEmpty();
    return deliveries;
  }

  /** One that has finished, one that is open, and one that never was. */
  private List<String> batches() {
    String two = "{\"captures\": [{\"html\": \"<p>\"}, {\"url\": \"http://example.com/\"}]}";
    String finished = api.call("POST", "/v1/batches", two).header("Location");
    api.call("POST", finished + "/cancel", "");
    String open = api.call("POST", "/v1/batches", two).header("Location");
    return Stream.of(finished, open, "/" + Fixtures.aJobId())
        .map(address -> address.substring(address.lastIndexOf('/') + 1))
        .toList();
  }

  /** One of each state, and two that are no more or never were. */
  private List<String> jobs() {
    JobId succeeded = api.submit();
    Assignment assignment = api.claim();
    api.images()
        .put(assignment.imageKey(), Buffer.buffer(new byte[1_000]), Duration.ofMinutes(5))
        .await();
    api.worker()
        .complete(assignment.lease(), Fixtures.aResultOf(assignment.imageKey(), 1_000))
        .await();
    JobId failed = api.submit();
    api.worker()
        .fail(api.claim().lease(), new Failure(FailureCode.TIMEOUT, "late"), Optional.empty())
        .await();
    JobId running = api.submit();
    api.claim();
    JobId cancelled = api.submit();
    api.cancel(cancelled);
    JobId deleted = api.submit();
    api.delete(deleted);
    JobId queued = api.submit();
    List<String> jobs = new ArrayList<>();
    for (JobId id :
        List.of(succeeded, failed, running, cancelled, deleted, queued, Fixtures.aJobId())) {
      jobs.add(id.value());
    }
    assertThat(api.get("/v1/jobs/" + succeeded + "/image").status()).isEqualTo(200);
    return jobs;
  }
}
