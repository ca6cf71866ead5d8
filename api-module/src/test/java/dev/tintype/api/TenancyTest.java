package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.api.access.Tenants;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.queue.TenantPlan;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Another tenant's resource is answered exactly like one that does not exist. The test walks the
 * router: a new route with a parameter needs an entry in {@link #kinds}, or the test fails.
 */
class TenancyTest extends WithApi {
  private static final String OWNER = "tenant-a";
  private static final String STRANGER = "tenant-b";
  private static final String UNKNOWN_ID = "01kazwj8s0e5w3q2zfv7m4rt9c";

  // These differ with each request, whoever asks.
  private static final List<String> VOLATILE_HEADERS = List.of("date", "content-length");

  /**
   * A kind of resource.
   *
   * @param path up to its parameter
   * @param create makes the owner's resource and returns its ID
   * @param unknown an ID in the form that the path expects, of a resource that does not exist
   */
  private record Kind(String path, Supplier<String> create, Supplier<String> unknown) {}

  private final List<Kind> kinds =
      List.of(
          new Kind("/v1/jobs/:id", this::job, () -> UNKNOWN_ID),
          new Kind("/v1/batches/:id", this::batch, () -> UNKNOWN_ID),
          new Kind("/v1/webhooks/endpoints/:id", this::endpoint, () -> "ep_" + UNKNOWN_ID),
          new Kind("/v1/webhooks/secrets/:name", this::secret, this::missingSecret),
          new Kind("/v1/webhooks/deliveries/:id", this::delivery, () -> "msg_" + UNKNOWN_ID));

  private int secrets;

  @Override
  ApiUnderTest newApi() {
    return new ApiUnderTest(
        redis.uri(), new Tenants("X-Tenant", TenantPlan.DEFAULT, Map.of()), Duration.ofSeconds(1));
  }

  @TestFactory
  Stream<DynamicTest> strangersFindNothing() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Route route : api.routes()) {
      String path = route.getPath();
      if (path == null || !path.startsWith("/v1/") || !path.contains(":")) {
        continue;
      }
      for (HttpMethod method : route.methods()) {
        tests.add(
            dynamicTest(method + " " + path, () -> assertHidden(method.name(), path, kind(path))));
      }
    }
    assertThat(tests).hasSizeGreaterThan(20);
    return tests.stream();
  }

  @Test
  void tombstonesOfOthersAreHiddenToo() {
    String id = job();
    assertThat(ask(OWNER, "DELETE", "/v1/jobs/" + id).status()).isEqualTo(204);

    assertThat(ask(OWNER, "GET", "/v1/jobs/" + id).status()).isEqualTo(410);
    assertThat(ask(OWNER, "DELETE", "/v1/jobs/" + id).status()).isEqualTo(204);
    for (String method : List.of("GET", "DELETE")) {
      assertThat(ask(STRANGER, method, "/v1/jobs/" + id).status()).isEqualTo(404);
    }
  }

  @Test
  void idempotencyKeysAndCachedCapturesOfOthersDoNotAnswer() {
    String capture = "{\"html\": \"<p>same\", \"cache\": {\"maxAge\": \"1h\"}}";
    Answer own = post(OWNER, "/v1/jobs", capture, "Idempotency-Key", "same");

    Answer stranger = post(STRANGER, "/v1/jobs", capture, "Idempotency-Key", "same");

    assertThat(own.status()).isEqualTo(202);
    assertThat(stranger.status()).isEqualTo(202);
    assertThat(stranger.job()).isNotEqualTo(own.job());
    assertThat(stranger.header("Idempotency-Replayed")).isEmpty();
    assertThat(stranger.header("Cache-Status")).doesNotContain("hit");
  }

  @Test
  void listsHoldNothingOfOthers() {
    job();
    delivery();
    for (String path : List.of("/v1/jobs", "/v1/webhooks/endpoints", "/v1/webhooks/deliveries")) {
      assertThat(ask(OWNER, "GET", path).json().elements().next()).isNotEmpty();
      assertThat(ask(STRANGER, "GET", path).json().elements().next()).isEmpty();
    }
  }

  private Kind kind(String path) {
    return kinds.stream()
        .filter(kind -> path.startsWith(kind.path))
        .findFirst()
        .orElseThrow(() -> new AssertionError(path + " has no entry in this test"));
  }

  private void assertHidden(String method, String path, Kind kind) {
    String id = kind.create.get();
    Answer foreign = ask(STRANGER, method, address(path, id));
    String unknownId = kind.unknown.get();
    Answer missing = ask(STRANGER, method, address(path, unknownId));

    assertThat(comparable(foreign, id)).isEqualTo(comparable(missing, unknownId));
    if (!method.equals("PUT")) {
      assertThat(foreign.status()).isEqualTo(404);
    }
    // The stranger has changed nothing, and the owner still finds it.
    assertThat(ask(OWNER, "GET", address(kind.path, id)).status()).isEqualTo(200);
  }

  private static String address(String path, String id) {
    return path.replaceFirst(":\\w+", id).replaceFirst(":\\w+", "image");
  }

  private static String comparable(Answer answer, String id) {
    String headers =
        answer.response().headers().map().entrySet().stream()
            .filter(header -> !VOLATILE_HEADERS.contains(header.getKey()))
            .map(header -> header.getKey() + ": " + header.getValue())
            .sorted()
            .collect(Collectors.joining("\n"));
    // A PUT makes a secret with a random key.
    String body = answer.text().replaceAll("whsec_[^\"]+", "KEY");
    return (answer.status() + "\n" + headers + "\n\n" + body).replace(id, "ID");
  }

  private Answer ask(String tenant, String method, String path) {
    String body = body(method, path);
    return api.send(
        api.request(path)
            .header("X-Tenant", tenant)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build());
  }

  private static String body(String method, String path) {
    return method.equals("PUT") && path.contains("/endpoints/")
        ? "{\"url\": \"http://example.com/\"}"
        : "";
  }

  private Answer post(String tenant, String path, String body, String... headers) {
    var request = api.request(path).header("X-Tenant", tenant);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return api.send(request.POST(BodyPublishers.ofString(body)).build());
  }

  private String job() {
    return post(OWNER, "/v1/jobs", "{\"html\": \"<p>\"}").job().value();
  }

  private String batch() {
    return post(OWNER, "/v1/batches", "{\"captures\": [{\"html\": \"<p>\"}]}")
        .json()
        .path("id")
        .textValue();
  }

  private String endpoint() {
    return post(OWNER, "/v1/webhooks/endpoints", "{\"url\": \"http://example.com/\"}")
        .json()
        .path("id")
        .textValue();
  }

  private String secret() {
    String name = "own-" + secrets++;
    assertThat(ask(OWNER, "PUT", "/v1/webhooks/secrets/" + name).status()).isEqualTo(201);
    return name;
  }

  private String missingSecret() {
    return "missing-" + secrets++;
  }

  private String delivery() {
    endpoint();
    api.endJob(new Tenant(OWNER), JobState.SUCCEEDED);
    return ask(OWNER, "GET", "/v1/webhooks/deliveries").json().at("/deliveries/0/id").textValue();
  }
}
