package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.job.JobId;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.DeliveryAttempt;
import dev.tintype.outbox.Settlement.GivenUp;
import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.testing.Eventually;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.webhook.SigningKey;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksTest extends WithApi {
  private static final String ENDPOINTS = "/v1/webhooks/endpoints";
  private static final String SECRETS = "/v1/webhooks/secrets/";
  private static final String DELIVERIES = "/v1/webhooks/deliveries";
  private static final DeliveryAttempt REFUSED =
      new DeliveryAttempt("status", "the receiver answered 500", 500, Duration.ofMillis(7), "oops");

  @Test
  void anEndpointIsMadeWithASecretOfItsOwnListedChangedAndDeleted() {
    Answer made = api.call("POST", ENDPOINTS, "{\"url\": \"https://example.com/hook\"}");

    assertThat(made.status()).isEqualTo(201);
    String id = made.json().path("id").textValue();
    String self = ENDPOINTS + "/" + id;
    assertThat(made.header("location")).isEqualTo(self);
    assertThat(SigningKey.isValid(made.json().path("key").textValue())).isTrue();
    assertThat(made.json().path("events")).hasSize(5);
    assertThat(api.get(ENDPOINTS).json().path("endpoints")).hasSize(1);
    assertThat(api.get(self).json().has("key")).as("told once").isFalse();
    assertThat(api.get(SECRETS + id).json().path("key")).isEqualTo(made.json().path("key"));

    Answer changed =
        api.call("PUT", self, "{\"url\": \"https://example.com/2\", \"events\": [\"failed\"]}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(api.get(self).json().path("url").textValue()).isEqualTo("https://example.com/2");
    assertThat(api.get(self).json().at("/events/0").textValue()).isEqualTo("failed");

    assertThat(api.call("DELETE", self, "").status()).isEqualTo(204);
    assertThat(api.get(self).code()).isEqualTo("endpoint_not_found");
    assertThat(api.call("DELETE", self, "").status()).isEqualTo(404);
    assertThat(api.call("POST", self + "/test", "").status()).isEqualTo(404);
    assertThat(api.call("PATCH", self, "").header("allow")).isEqualTo("DELETE, GET, HEAD, PUT");
  }

  @Test
  void whoDeletesAnEndpointThatIsNoneDeletesNoSecretOfThatName() {
    api.call("PUT", SECRETS + "mine", "");

    assertThat(api.call("DELETE", ENDPOINTS + "/mine", "").status()).isEqualTo(404);

    assertThat(api.get(SECRETS + "mine").status()).isEqualTo(200);
  }

  @Test
  void anEndpointThatIsChangedKeepsItsSecretUnlessItNamesAnother() {
    api.call("PUT", SECRETS + "mine", "");
    String body = "{\"url\": \"https://example.com/hook\", \"secret\": \"mine\"}";
    String id = api.call("POST", ENDPOINTS, body).json().path("id").textValue();

    Answer changed = api.call("PUT", ENDPOINTS + "/" + id, "{\"url\": \"https://example.com/2\"}");

    assertThat(changed.json().path("secret").textValue()).isEqualTo("mine");
    assertThat(api.get(SECRETS + id).code()).isEqualTo("secret_not_found");
    Answer other = api.call("PUT", ENDPOINTS + "/" + id, body.replace("mine", "default"));
    assertThat(other.json().path("secret").textValue()).isEqualTo("default");
  }

  @Test
  void endpointsThatAreMadeAtTheSameTimeAreNoMoreThanMay() {
    List<Integer> statuses =
        atOnce(30, i -> api.call("POST", ENDPOINTS, "{\"url\": \"https://example.com/hook\"}"));

    assertThat(statuses).filteredOn(status -> status == 201).hasSize(20);
    assertThat(statuses).filteredOn(status -> status == 422).hasSize(10);
    assertThat(api.get(ENDPOINTS).json().path("endpoints")).hasSize(20);
  }

  @Test
  void theSecretOfAnEndpointOutlivesItWhileAnotherSignsWithIt() {
    String first = endpoint();
    String body = "{\"url\": \"https://example.com/2\", \"secret\": \"" + first + "\"}";
    String second = api.call("POST", ENDPOINTS, body).json().path("id").textValue();

    assertThat(api.call("DELETE", ENDPOINTS + "/" + first, "").status()).isEqualTo(204);

    assertThat(api.get(SECRETS + first).status()).isEqualTo(200);
    assertThat(api.get(ENDPOINTS + "/" + second).status()).isEqualTo(200);
  }

  @Test
  void aSecretIsDeletedUnlessAnEndpointSignsWithIt() {
    api.call("PUT", SECRETS + "mine", "");
    String body = "{\"url\": \"https://example.com/2\", \"secret\": \"mine\"}";
    String endpoint = api.call("POST", ENDPOINTS, body).json().path("id").textValue();

    Answer used = api.call("DELETE", SECRETS + "mine", "");
    assertThat(used.status()).isEqualTo(409);
    assertThat(used.code()).isEqualTo("secret_in_use");
    assertThat(used.json().path("detail").textValue()).contains(endpoint);

    api.call("DELETE", ENDPOINTS + "/" + endpoint, "");
    assertThat(api.call("DELETE", SECRETS + "mine", "").status()).isEqualTo(204);
    assertThat(api.get(SECRETS + "mine").status()).isEqualTo(404);
    assertThat(api.call("DELETE", SECRETS + "mine", "").code()).isEqualTo("secret_not_found");
  }

  @Test
  void aTenantHasAHundredSecretsAndNoMore() {
    for (int i = 0; i < 100; i++) {
      assertThat(api.call("PUT", SECRETS + "s" + i, "").status()).isEqualTo(201);
    }

    Answer more = api.call("PUT", SECRETS + "more", "");
    assertThat(more.status()).isEqualTo(422);
    assertThat(more.json().at("/errors/0/detail").textValue()).contains("100", "delete one");
    assertThat(api.call("PUT", SECRETS + "s7", "").status()).as("it is there").isEqualTo(200);
    Answer endpoint = api.call("POST", ENDPOINTS, "{\"url\": \"https://example.com/hook\"}");
    assertThat(endpoint.status()).as("its own would be one more").isEqualTo(422);
    assertThat(api.get(ENDPOINTS).json().path("endpoints")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                        | /url    | is missing",
        "{'url': 'ftp://example.com'}              | /url    | http or https",
        "{'url': 'http://127.0.0.1/'}              | /url    | not on the public internet",
        "{'url': 'http://example.com', 'even': []} | /even   | did you mean events?",
        "{'url': 'http://example.com', 'secret': 'other'} | /secret | PUT /v1/webhooks/secrets/other",
        "[]                                        | \"\"    | must be a JSON object",
      })
  void anEndpointThatCannotBeCalledIsRefusedWithTheReason(
      String body, String pointer, String detail) {
    Answer answer = api.call("POST", ENDPOINTS, body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").textValue()).isEqualTo(pointer);
    assertThat(answer.json().at("/errors/0/detail").textValue()).contains(detail);
  }

  @Test
  void aSecretIsMadeOnceRotatedAndShown() {
    String key = SigningKey.random(new Random(1)).text();
    assertThat(api.get(SECRETS + "mine").code()).isEqualTo("secret_not_found");

    Answer made = api.call("PUT", SECRETS + "mine", "{\"key\": \"" + key + "\"}");
    assertThat(made.status()).as("RFC 9110, 9.3.4").isEqualTo(201);
    assertThat(made.json().path("key").textValue()).isEqualTo(key);
    assertThat(api.call("PUT", SECRETS + "mine", "").status()).isEqualTo(200);
    assertThat(api.call("PUT", SECRETS + "mine", "").json().path("key").textValue()).isEqualTo(key);
    Answer other =
        api.call(
            "PUT",
            SECRETS + "mine",
            "{\"key\": \"" + SigningKey.random(new Random(2)).text() + "\"}");
    assertThat(other.code()).isEqualTo("secret_exists");

    Answer rotated = api.call("POST", SECRETS + "mine/rotate", "{\"overlap\": \"1h\"}");
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(rotated.json().path("key").textValue()).isNotEqualTo(key);
    assertThat(rotated.json().at("/older/0/key").textValue()).isEqualTo(key);
    assertThat(api.get(SECRETS + "mine").json()).isEqualTo(rotated.json());
    assertThat(api.call("POST", SECRETS + "none/rotate", "").status()).isEqualTo(404);
  }

  @Test
  void aKeyThatSignsNoMoreIsNotShown() {
    api.call("PUT", SECRETS + "mine", "");
    api.call("POST", SECRETS + "mine/rotate", "{\"overlap\": \"10ms\"}");

    Eventually.holds(
        "the old key is gone",
        Duration.ofSeconds(5),
        () -> api.get(SECRETS + "mine").json().path("older").isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mine/rotate | {\"overlap\": \"soon\"}     | /overlap",
        "mine/rotate | {\"overlap\": \"PT-1S\"}    | /overlap",
        "mine/rotate | {\"overlap\": \"800h\"}     | /overlap",
        "mine/rotate | {\"key\": \"whsec_short\"}  | /key",
        "mine/rotate | {\"keys\": \"x\"}           | /keys",
        "mine/rotate | {\"key\": 5}                | /key",
        "MINE/rotate | {}                          | /name",
      })
  void aRotationThatMakesNoSenseIsRefused(String path, String body, String pointer) {
    api.call("PUT", SECRETS + "mine", "");

    Answer answer = api.call("POST", SECRETS + path, body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").textValue()).isEqualTo(pointer);
  }

  @Test
  void aJobMayNameWhomToCallAndCarryWhatIsItsClientsOwn() {
    Answer answer =
        api.post(
            "{\"html\": \"<p>\", \"webhook\": {\"url\": \"https://example.com/hook\"},"
                + " \"metadata\": {\"order\": 7}}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().at("/metadata/order").intValue()).isEqualTo(7);
    assertThat(api.get("/v1/jobs/" + answer.job()).json().at("/metadata/order").intValue())
        .isEqualTo(7);
    assertThat(api.get(SECRETS + "default").status()).as("made for it").isEqualTo(200);
  }

  @Test
  void whatIsAClientsOwnComesBackWithItsNumbersAsTheyWere() {
    String metadata = "{\"n\":12345678901234567890,\"d\":0.10,\"big\":1E+400}";

    Answer answer = api.post("{\"html\": \"<p>\", \"metadata\": " + metadata + "}");

    assertThat(answer.text()).contains("\"metadata\":" + metadata);
    assertThat(api.get("/v1/jobs/" + answer.job()).text()).contains("\"metadata\":" + metadata);
  }

  @Test
  void aReceiverMayBeAnAddressOfIPv6() {
    String webhook = "{\"url\": \"http://[2606:4700::1111]:8080/hook\"}";

    assertThat(api.post("{\"html\": \"<p>\", \"webhook\": " + webhook + "}").status())
        .isEqualTo(202);
    assertThat(api.call("POST", ENDPOINTS, webhook).status()).isEqualTo(201);
    String private6 = webhook.replace("2606:4700::1111", "fd00::1");
    assertThat(api.call("POST", ENDPOINTS, private6).code()).isEqualTo("egress_refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"url\": \"http://10.0.0.1/\"}                            | /webhook/url",
        "{\"url\": \"http://example.com/\", \"secret\": \"other\"}  | /webhook/secret",
      })
  void aJobWhoseWebhookCannotBeCalledIsNotStored(String webhook, String pointer) {
    Answer answer = api.post("{\"html\": \"<p>\", \"webhook\": " + webhook + "}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").textValue()).isEqualTo(pointer);
    assertThat(api.worker().claim(QueueAccess.WORKER, "nonce").await()).isEmpty();
  }

  @Test
  void theLogTellsOfEveryTryAndGivesAnotherChance() {
    endpoint();
    JobId job = api.end();
    Delivery delivery = api.outbox().claim("1", 10).await().get(0);
    giveUp(delivery);

    JsonNode logged = api.get("/v1/jobs/" + job + "/deliveries").json().at("/deliveries/0");
    String self = DELIVERIES + "/" + delivery.lease().delivery();
    assertThat(logged.path("state").textValue()).isEqualTo("given_up");
    assertThat(logged.at("/attempts/0/status").intValue()).isEqualTo(500);
    assertThat(logged.at("/attempts/0/answer").textValue()).isEqualTo("oops");
    assertThat(logged.at("/attempts/0/took").textValue()).isEqualTo("7ms");
    assertThat(api.get(self).json()).isEqualTo(logged);
    assertThat(api.get(DELIVERIES).json().at("/deliveries/0")).isEqualTo(logged);

    assertThat(api.call("POST", self + "/redeliver", "").status()).isEqualTo(202);
    Delivery again = api.outbox().claim("2", 10).await().get(0);
    assertThat(again.lease().delivery()).isEqualTo(delivery.lease().delivery());

    giveUp(again);
    Answer all =
        api.call("POST", DELIVERIES + "/redeliver", "{\"since\": \"2020-01-01T00:00:00Z\"}");
    assertThat(all.status()).isEqualTo(202);
    assertThat(all.json().path("redelivered").intValue()).isEqualTo(1);
    assertThat(api.outbox().claim("3", 10).await()).hasSize(1);
  }

  @Test
  void theLogIsReadPageByPage() {
    endpoint();
    for (int i = 0; i < 3; i++) {
      api.end();
    }

    JsonNode first = api.get(DELIVERIES + "?limit=2").json();
    JsonNode second =
        api.get(DELIVERIES + "?limit=2&cursor=" + first.path("cursor").textValue()).json();

    assertThat(first.path("deliveries")).hasSize(2);
    assertThat(second.path("deliveries")).hasSize(1);
    assertThat(second.has("cursor")).isFalse();
  }

  @Test
  void aTestEventGoesToTheEndpoint() {
    String id = endpoint();

    Answer answer = api.call("POST", ENDPOINTS + "/" + id + "/test", "");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(api.get(answer.header("location")).json().path("type").textValue())
        .isEqualTo("webhook.test");
  }

  @Test
  void whatIsNotInTheLogIsNotFound() {
    for (String id : List.of("msg_1", "x.y")) {
      assertThat(api.get(DELIVERIES + "/" + id).code()).isEqualTo("delivery_not_found");
      assertThat(api.call("POST", DELIVERIES + "/" + id + "/redeliver", "").status())
          .isEqualTo(404);
    }
    assertThat(api.get(DELIVERIES + "?limit=0").status()).isEqualTo(400);
    assertThat(api.get(DELIVERIES + "?cursor=x").status()).isEqualTo(400);
    for (String since : List.of("now", "+999999999-01-01T00:00:00Z", "1969-12-31T23:59:59Z")) {
      String body = "{\"since\": \"" + since + "\"}";
      assertThat(api.call("POST", DELIVERIES + "/redeliver", body).status()).isEqualTo(422);
    }
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    String endpoint = ENDPOINTS + "/" + endpoint();
    String job = "/v1/jobs/" + done();
    String all = "/v1/webhooks/deliveries";
    String one = api.get(all).json().at("/deliveries/0/links/self").textValue();

    for (String address : List.of(ENDPOINTS, endpoint, all, one, job + "/deliveries")) {
      String tag = api.get(address).header("ETag");
      assertThat(api.get(address, "If-None-Match", tag).status()).as(address).isEqualTo(304);
    }
    String tag = api.get(all).header("ETag");
    done();
    assertThat(api.get(all, "If-None-Match", tag).status()).isEqualTo(200);
  }

  @Test
  void theDeliveriesOfAJobThatIsNotThereAreNotFoundUnlessThereAreSome() {
    String unknown = "/v1/jobs/" + Fixtures.aJobId();
    assertThat(api.get(unknown + "/deliveries").code()).isEqualTo("job_not_found");

    String quiet = "/v1/jobs/" + done();
    assertThat(api.get(quiet + "/deliveries").json().path("deliveries")).isEmpty();
    assertThat(api.call("DELETE", quiet, "").status()).isEqualTo(204);
    assertThat(api.get(quiet + "/deliveries").code()).isEqualTo("job_gone");

    endpoint();
    String told = "/v1/jobs/" + done();
    assertThat(api.call("DELETE", told, "").status()).isEqualTo(204);
    assertThat(api.get(told + "/deliveries").json().path("deliveries")).hasSize(1);
  }

  private JobId done() {
    JobId job = api.submit();
    api.worker().complete(api.claim().lease(), Fixtures.aResult()).await();
    return job;
  }

  private static List<Integer> atOnce(int calls, IntFunction<Answer> call) {
    ExecutorService threads = Executors.newFixedThreadPool(calls);
    try {
      List<CompletableFuture<Integer>> answers =
          IntStream.range(0, calls)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> call.apply(i).status(), threads))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }

  private String endpoint() {
    return api.call("POST", ENDPOINTS, "{\"url\": \"https://example.com/hook\"}")
        .json()
        .path("id")
        .textValue();
  }

  private void giveUp(Delivery delivery) {
    api.outbox()
        .settle(delivery.lease(), REFUSED, new GivenUp(false), ReceiverState.HEALTHY)
        .await();
  }
}
