package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    try (var client = ChildProcess.client(folder, arguments)) {
      client.write(input);
      assertThat(client.exit()).as(client.err.text()).isZero();
      assertThat(client.err.text()).isEmpty();
      return client.out.text();
    }
  }
}
