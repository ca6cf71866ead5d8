package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.json.Json;
import dev.tintype.testing.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelTest extends WithServer {
  @Test
  void severalJobsAreCancelledByOneCommand() {
    String first = submit();
    String second = submit();

    Run cancel = server.run("cancel", first, second);
    assertThat(cancel.exit()).isEqualTo(0);
    assertThat(cancel.out()).isEqualTo(first + " cancelled\n" + second + " cancelled\n");

    Run again = server.run("cancel", first, second, "--json");
    assertThat(again.exit()).isEqualTo(0);
    List<JsonNode> jobs = again.out().lines().map(line -> Json.read(line, JsonNode.class)).toList();
    assertThat(jobs).extracting(job -> job.path("id").textValue()).containsExactly(first, second);
    assertThat(jobs).allMatch(job -> job.path("state").textValue().equals("cancelled"));
  }

  @Test
  void aJobThatCannotBeCancelledKeepsNoOtherFromIt() {
    String done = submit();
    server.complete();
    String unknown = Fixtures.aJobId().value();
    String open = submit();

    Run cancel = server.run("cancel", done, unknown, open);
    assertThat(cancel.exit()).isEqualTo(3);
    assertThat(cancel.out()).isEqualTo(open + " cancelled\n");
    assertThat(cancel.err())
        .contains("job " + done + " has already succeeded; nothing to cancel", unknown);
  }

  @Test
  void aDeletedJobIsForgotten() {
    String first = submit();
    String second = submit();

    Run delete = server.run("delete", first);
    assertThat(delete.exit()).isEqualTo(0);
    assertThat(delete.out()).isEqualTo(first + " deleted\n");
    assertThat(server.run("status", first).exit()).isEqualTo(3);

    Run json = server.run("delete", second, "--json");
    assertThat(json.exit()).isEqualTo(0);
    assertThat(json.json().path("deleted").booleanValue()).isTrue();
  }

  private String submit() {
    Run submit = server.run("submit", "example.com");
    assertThat(submit.exit()).isEqualTo(0);
    return submit.out().strip();
  }
}
