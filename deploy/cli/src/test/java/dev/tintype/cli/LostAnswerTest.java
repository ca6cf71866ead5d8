package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LostAnswerTest extends WithServer {
  private final List<String> answers = new CopyOnWriteArrayList<>();

  @Test
  void aSubmissionWhoseAnswerIsLostIsSentAgainAndMakesOneJob() {
    try (var proxy =
        new ForwardingProxy(server.address(), Duration.ofSeconds(20), this::loseTheFirst)) {
      Run submit =
          Run.prepare(folder, Map.of("TINTYPE_SERVER", proxy.address()), "", false, Run.IMPATIENT)
              .start("submit", "example.com");

      assertThat(submit.exit()).isEqualTo(0);
      assertThat(answers).hasSize(2).allMatch(job -> job.contains(submit.out().strip()));
    }
  }

  /** Cuts the connection instead of giving the first answer. */
  private void loseTheFirst(HttpServerRequest request, HttpResponse<String> answer) {
    answers.add(answer.body());
    if (answers.size() == 1) {
      request.connection().close();
    } else {
      ForwardingProxy.pass(request, answer);
    }
  }
}
