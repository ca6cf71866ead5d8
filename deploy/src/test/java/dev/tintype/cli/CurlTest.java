package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.json.Json;
import dev.tintype.testing.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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

  private void assertArrives(String html) throws Exception {
    try (var server = new ServerUnderTest(redis.uri(), folder)) {
      Run run =
          Run.prepare(folder, server.environment(), html, false, Run.IMPATIENT)
              .start("submit", "-", "--curl");
      assertThat(run.exit()).isEqualTo(0);

      Process shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
      try (var script = shell.getOutputStream()) {
        script.write(run.out().getBytes(StandardCharsets.UTF_8));
      }
      String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();

      assertThat(Json.read(said, JsonNode.class).path("state").textValue()).isEqualTo("queued");
      assertThat(server.claim().spec().html()).isEqualTo(html);
    }
  }
}
