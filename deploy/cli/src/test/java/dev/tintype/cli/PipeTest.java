package dev.tintype.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard input that is a pipe: it can be read, but not sought in. */
class PipeTest {
  @TempDir Path folder;

  @Test
  void aPageIsReadFromAPipe() throws Exception {
    assertThat(answer("<h1>Hello</h1>", "submit", "--html", "-", "--dry-run"))
        .contains("\"html\"", "<h1>Hello</h1>");
  }

  @Test
  void theListOfABatchIsReadFromAPipe() throws Exception {
    assertThat(answer("example.com\nexample.org\n", "batch", "-", "-o", "shots", "--dry-run"))
        .contains("https://example.com", "https://example.org");
  }

  private String answer(String input, String... arguments) throws Exception {
    Process client = ClientProcess.start(folder, arguments);
    try (var standardInput = client.getOutputStream()) {
      standardInput.write(input.getBytes(UTF_8));
    }
    String output = new String(client.getInputStream().readAllBytes(), UTF_8);
    assertThat(new String(client.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(client.exitValue()).isZero();
    return output;
  }
}
