package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LostAnswerTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  private final HttpClient upstream = HttpClient.newHttpClient();
  private final List<String> answers = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  @Test
  void aSubmissionWhoseAnswerIsLostIsSentAgainAndMakesOneJob() {
    Vertx vertx = Vertx.vertx();
    try (var server = new ServerUnderTest(redis.uri(), folder)) {
      int port =
          vertx
              .createHttpServer()
              .requestHandler(request -> forward(server.address(), request))
              .listen(0, "127.0.0.1")
              .await()
              .actualPort();

      Run submit =
          Run.prepare(
                  folder,
                  Map.of("TINTYPE_SERVER", "http://127.0.0.1:" + port),
                  "",
                  false,
                  Run.IMPATIENT)
              .start("submit", "example.com");

      assertThat(submit.exit()).isEqualTo(0);
      assertThat(answers).hasSize(2).allMatch(job -> job.contains(submit.out().strip()));
    } finally {
      vertx.close().await();
    }
  }

  /** Passes everything on, and cuts the connection instead of giving the first answer. */
  private void forward(String server, HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              var unused = // A test that hears nothing fails by its own time.
                  upstream
                      .sendAsync(
                          HttpRequest.newBuilder(URI.create(server + request.uri()))
                              .header("Idempotency-Key", request.getHeader("Idempotency-Key"))
                              .POST(BodyPublishers.ofString(body.toString()))
                              .build(),
                          BodyHandlers.ofString())
                      .whenComplete(
                          (answer, failure) -> {
                            answers.add(answer.body());
                            if (answers.size() == 1) {
                              request.connection().close();
                            } else {
                              request
                                  .response()
                                  .setStatusCode(answer.statusCode())
                                  .end(answer.body());
                            }
                          });
            });
  }
}
