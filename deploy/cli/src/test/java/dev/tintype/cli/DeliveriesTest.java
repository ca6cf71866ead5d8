package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.client.RemoteSecret;
import dev.tintype.client.TintypeClient;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line says about the webhooks of a server; the test plays the deliverer. */
class DeliveriesTest extends WithServer {
  @Test
  void theWebhookOfAJobIsToldTryByTry() {
    String job = endedJob();
    Run before = done("webhook", "deliveries", job);
    assertThat(before.out()).contains("msg_" + job + "  pending  0", "next attempt due at ");

    server.giveUp();

    Run after = done("webhook", "deliveries", job);
    assertThat(after.out().lines().toList().get(0)).startsWith("ID ").endsWith("RECEIVER");
    assertThat(after.out())
        .contains("msg_" + job + "  given_up  1", "https://example.com/hook")
        .contains("  attempt 1 ", " status: the receiver answered 500\n")
        .doesNotContain("oops");
    JsonNode json = done("webhook", "deliveries", job, "--json").json();
    assertThat(json.path("job").textValue()).isEqualTo(job);
    assertThat(json.at("/attempts/0/answer").textValue()).isEqualTo("oops");
    assertThat(done("webhook", "deliveries", job, "--since", "2999-01-01T00:00:00Z").out())
        .isEmpty();
  }

  @Test
  void whatAServerSaysCommandsNoTerminal() {
    String job = endedJob();
    server.giveUp("\u001b[2J\u009b2Jfine\nattempt 2 delivered\u007f");

    Run words = done("webhook", "deliveries", job);
    assertThat(words.out())
        .contains("status: \\u001b[2J\\u009b2Jfine\\u000aattempt 2 delivered\\u007f\n")
        .doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
    Run json = done("webhook", "deliveries", job, "--json");
    assertThat(json.out()).doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
    assertThat(json.json().at("/attempts/0/message").textValue())
        .as("the same text, escaped")
        .isEqualTo("\u001b[2J\u009b2Jfine\nattempt 2 delivered\u007f");
  }

  @Test
  void theNewestDeliveriesComeFirstAndNoMoreThanAskedFor() {
    String first = endedJob();
    String second = endedJob();
    String third = endedJob();

    Run two = done("webhook", "deliveries", "--limit", "2", "--json");
    assertThat(two.lines())
        .extracting(each -> each.path("job").textValue())
        .containsExactly(third, second);
    assertThat(two.err()).contains("Older deliveries exist");

    Run all = done("webhook", "deliveries", "--since", "2h", "--limit=3");
    assertThat(all.out().lines()).hasSize(4);
    assertThat(all.out()).contains(first);
    assertThat(all.err()).isEmpty();

    Run none = done("webhook", "deliveries", "--since", "2999-01-01T00:00:00Z");
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).isEqualTo("no deliveries\n");
  }

  @Test
  void moreThanAPageIsReadPageByPage() {
    String endpoint = endpoint();
    var webhooks = TintypeClient.of(server.address()).webhooks();
    for (int i = 0; i < 201; i++) {
      webhooks.test(endpoint);
    }

    assertThat(webhooks.deliveries(Instant.EPOCH, 1_000))
        .hasSize(201)
        .allMatch(delivery -> delivery.text("type").equals("webhook.test"))
        .doesNotHaveDuplicates();
  }

  @Test
  void aWebhookThatWasGivenUpIsDeliveredAgain() {
    String delivery = "msg_" + endedJob();
    server.giveUp();

    Run one = server.run("webhook", "redeliver", "msg_unknown", delivery);
    assertThat(one.exit()).isEqualTo(3);
    assertThat(one.out()).isEqualTo(delivery + " restarted\n");
    assertThat(one.err()).contains("you have no delivery \"msg_unknown\"");
    assertThat(server.deliver().lease().delivery()).hasToString(delivery);
    assertThat(done("webhook", "redeliver", delivery, "--json").json().path("id").textValue())
        .isEqualTo(delivery);
  }

  @Test
  void allThatWereGivenUpSinceAMomentAreDeliveredAgain() {
    endedJob();
    server.giveUp();
    String taken = endedJob();
    server.deliver();

    assertThat(done("webhook", "redeliver", "--since", "1h").out())
        .isEqualTo("1 delivery restarted\n");
    assertThat(server.deliver().lease().delivery().value()).doesNotContain(taken);
    Run none = done("webhook", "redeliver", "--since", "1h", "--json");
    assertThat(none.json().path("redelivered").intValue()).isZero();
  }

  @Test
  void aTestTellsHowTheEndpointMetIt() {
    String endpoint = endpoint();

    Run taken = server.run("webhook", "test", endpoint);
    String id = server.deliver().lease().delivery().value();
    assertThat(taken.exit()).as(taken.err()).isEqualTo(0);
    assertThat(taken.out()).isEqualTo(id + " delivered\n");

    Run refused = server.run("webhook", "test", endpoint, "--json");
    server.giveUp();
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.json().path("state").textValue()).isEqualTo("given_up");
    assertThat(refused.err()).isEqualTo("not delivered: the receiver answered 500\n");

    Run unmet = server.run("webhook", "test", endpoint, "--wait-limit", "20ms");
    assertThat(unmet.exit()).isEqualTo(5);
    assertThat(unmet.err()).contains("is a worker running?");
    assertThat(done("webhook", "test", endpoint, "--wait-limit", "0s").out()).endsWith("pending\n");
    assertThat(server.run("webhook", "test", "ep_1").exit()).isEqualTo(3);
  }

  @Test
  void endpointsAreAddedShownAndDeleted() {
    assertThat(done("webhook", "endpoints").err()).isEqualTo("no endpoints\n");
    Run added =
        done(
            "webhook", "endpoints", "--add", "https://example.com/e", "--events", "failed,expired");
    String id = added.out().strip();
    assertThat(added.err()).contains("tintype webhook secret " + id);

    assertThat(done("webhook", "endpoints").out())
        .contains(id + "  enabled  failed,expired  " + id + "  https://example.com/e");
    assertThat(done("webhook", "endpoints", "--delete", id).out()).isEqualTo(id + " deleted\n");
    assertThat(server.run("webhook", "endpoints", "--delete", id).exit()).isEqualTo(3);

    Run refused = server.run("webhook", "endpoints", "--add", "http://10.0.0.1/");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("not on the public internet");
    for (int i = 0; i < 20; i++) {
      endpoint();
    }
    Run full = server.run("webhook", "endpoints", "--add", "https://example.com/e");
    assertThat(full.exit()).isEqualTo(2);
    assertThat(full.err()).startsWith("there are 20 endpoints already");
  }

  @Test
  void aSecretIsMadeOncePrintedRotatedAndDeleted() {
    Run none = server.run("webhook", "secret");
    assertThat(none.exit()).isEqualTo(3);
    String key = done("webhook", "secret", "default", "--create").out().strip();
    assertThat(key).startsWith("whsec_");
    assertThat(done("webhook", "secret", "--create").out().strip()).isEqualTo(key);

    Run rotated = done("webhook", "secret", "default", "--rotate", "--overlap", "1h", "--json");
    var secret = new RemoteSecret(rotated.json());
    assertThat(secret.key()).startsWith("whsec_").isNotEqualTo(key);
    assertThat(rotated.json().at("/older/0/key").textValue()).isEqualTo(key);
    assertThat(secret.keys()).hasSize(2);
    assertThat(done("webhook", "secret").out().strip()).isEqualTo(secret.key());
    assertThat(server.run("webhook", "secret", "--rotate", "--overlap=721h").exit()).isEqualTo(2);

    assertThat(done("webhook", "secret", "--delete").out()).isEqualTo("default deleted\n");
    assertThat(server.run("webhook", "secret").exit()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redeliver                             | give IDs of deliveries, or --since",
        "redeliver msg_1 --since 1h            | give IDs of deliveries, or --since",
        "redeliver ''                          | is not a delivery ID",
        "redeliver 01k5m7c0f2x8v9q3w4e5r6t7y8  | is not a delivery ID",
        "redeliver --since soon                | \"soon\" is not a time",
        "deliveries --since 1960-01-01         | is not a time. Expected a time since 1970",
        "deliveries --since 999999999h         | is not a time. Expected a time since 1970",
        "deliveries --limit 0                  | allowed: 1 to 20000",
        "deliveries msg_1                      | is not a job ID",
        "test https://example.com              | is not an endpoint ID",
        "test                                  | ENDPOINT",
        "endpoints --events failed             | --events requires --add",
        "endpoints --add a --delete ep_1       | exclude each other",
        "secret --create --rotate              | exclude each other",
        "secret --delete --create              | exclude each other",
        "secret ../x                           | is not the name of a secret",
      })
  void whatMakesNoSenseIsRefusedBeforeTheServerIsAsked(String words, String reason) {
    String[] arguments = ("webhook " + words.strip().replace("''", "\u00a0")).split(" ");
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = arguments[i].replace("\u00a0", "");
    }

    Run run = server.run(arguments);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(reason);
  }

  @Test
  void aServerThatIsAwayIsToldAsSuch() {
    server.vanish();

    assertThat(server.run("webhook", "deliveries").exit()).isEqualTo(4);
    Run add = server.run("webhook", "endpoints", "--add", "https://example.com/");
    assertThat(add.exit()).isEqualTo(4);
    assertThat(add.err()).contains("no answer from " + server.address(), "tintype serve");
  }

  @Test
  void aRequestIsShownInsteadOfSent() {
    Run dry = done("webhook", "redeliver", "--since", "2030-01-31T18:00:00+01:00", "--dry-run");

    assertThat(dry.out())
        .startsWith("POST " + server.address() + "/v1/webhooks/deliveries/redeliver\n")
        .contains("\"since\" : \"2030-01-31T17:00:00Z\"");
  }

  private String endpoint() {
    return done("webhook", "endpoints", "--add", "https://example.com/hook").out().strip();
  }

  /** One that has succeeded, and calls. */
  private String endedJob() {
    String job = done("submit", "example.com", "--webhook-url", "https://example.com/hook").out();
    server.complete();
    return job.strip();
  }
}
