package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.json.Json;
import dev.tintype.testing.RedisServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurlTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>it's \"quoted\" $HOME `id` \\ %s !x",
        "@file\nEND_OF_CAPTURE\n<p>two lines \u00e4 \u20ac",
      })
  void theCurlCommandReallySubmits(String html) throws Exception {
    assertArrives(html);
  }

  @Test
  void aPageTooLongForAnArgumentIsSubmittedToo() throws Exception {
    assertArrives("<p>it's long " + "x".repeat(300_000));
  }

  @Test
  void everyOtherRequestIsACurlCommandToo() throws Exception {
    try (var server = new ServerUnderTest(redis.uri(), folder)) {
      Run submit = server.run("submit", "example.com");
      assertThat(submit.exit()).isEqualTo(0);
      String id = submit.out().strip();

      assertThat(curl(server, "status", id)).contains("\"state\":\"queued\"");
      assertThat(curl(server, "list", "--host=example.com", "--since=1h")).contains(id);
      assertThat(curl(server, "list", "--state", "failed")).contains("\"jobs\":[]");
      var assignment = server.claim();
      assertThat(curl(server, "wait", id)).contains("\"state\":\"running\"");
      server.complete(assignment);
      assertThat(curl(server, "events", id)).contains("event: succeeded\n");
      assertThat(curl(server, "events")).startsWith("retry: ").contains("\nid: ");
      curl(server, "get", id, "-o", "it's.png");
      assertThat(folder.resolve("it's.png")).hasBinaryContent(ServerUnderTest.IMAGE);
      assertThat(curl(server, "cancel", id, id)).contains("job_finished");
      curl(server, "delete", id);
      assertThat(server.run("status", id).exit()).isEqualTo(3);
    }
  }

  @Test
  void whatIsAskedAboutWebhooksIsACurlCommandToo() throws Exception {
    try (var server = new ServerUnderTest(redis.uri(), folder)) {
      curl(server, "webhook", "endpoints", "--add", "https://example.com/it's", "--events=failed");
      Run endpoints = server.run("webhook", "endpoints", "--json");
      assertThat(endpoints.exit()).isEqualTo(0);
      String endpoint = endpoints.json().path("id").asText();
      assertThat(curl(server, "webhook", "endpoints")).contains(endpoint, "it's", "[\"failed\"]");

      assertThat(curl(server, "webhook", "test", endpoint)).contains("msg_");
      String delivery = server.giveUp().lease().delivery().value();
      assertThat(curl(server, "webhook", "deliveries")).contains(delivery, "given_up");
      assertThat(curl(server, "webhook", "redeliver", "--since", "1h")).contains(":1}");
      server.giveUp();
      assertThat(curl(server, "webhook", "redeliver", delivery)).contains(delivery);

      assertThat(curl(server, "webhook", "secret", "mine")).contains("secret_not_found");
      assertThat(curl(server, "webhook", "secret", "mine", "--create")).contains("whsec_");
      assertThat(curl(server, "webhook", "secret", "mine", "--rotate")).contains("\"older\":[{");
      curl(server, "webhook", "endpoints", "--delete", endpoint);
      assertThat(curl(server, "webhook", "endpoints")).doesNotContain(endpoint);
    }
  }

  private String curl(ServerUnderTest server, String... command) throws Exception {
    String[] arguments = Arrays.copyOf(command, command.length + 1);
    arguments[command.length] = "--curl";
    Run run = server.run(arguments);
    assertThat(run.exit()).isEqualTo(0);
    return shell(run.out());
  }

  private String shell(String commands) throws Exception {
    try (var shell = ChildProcess.start(folder, Map.of(), List.of("sh")).reading()) {
      shell.write(commands);
      shell.exit();
      return shell.out.text();
    }
  }

  private void assertArrives(String html) throws Exception {
    try (var server = new ServerUnderTest(redis.uri(), folder)) {
      Run run =
          Run.prepare(folder, server.environment(), html, false, Run.IMPATIENT)
              .start("submit", "-", "--curl");
      assertThat(run.exit()).isEqualTo(0);

      String said = shell(run.out());

      assertThat(Json.read(said, JsonNode.class).path("state").textValue()).isEqualTo("queued");
      assertThat(server.claim().spec().html()).isEqualTo(html);
    }
  }
}
