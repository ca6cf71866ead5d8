package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.client.Pacing;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  // Less than the API keeps a client waiting: the mistake in a proxy's configuration that this
  // product comes from.
  private static final Duration PROXY_PATIENCE = Duration.ofMillis(1_500);

  private final HttpClient upstream = HttpClient.newHttpClient();
  private final AtomicInteger timeouts = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void aProxyThatGivesUpSoonerThanTheServerIsAskedForLess() {
    Vertx vertx = Vertx.vertx();
    try (var server = new ServerUnderTest(redis.uri(), folder)) {
      int port =
          vertx
              .createHttpServer()
              .requestHandler(request -> forward(server.address(), request))
              .listen(0, "127.0.0.1")
              .await()
              .actualPort();
      Run submit = server.run("submit", "example.com");
      assertThat(submit.exit()).isEqualTo(0);

      Run wait =
          Run.prepare(
                  folder,
                  Map.of("TINTYPE_SERVER", "http://127.0.0.1:" + port),
                  "",
                  false,
                  Pacing.DEFAULT.withLongPoll(Duration.ofSeconds(2)))
              .start("wait", submit.out().strip());
      wait.err.awaitText("no answer (status 504), asking again");
      var assignment = server.claim();
      wait.err.awaitText("running, attempt 1");
      server.complete(assignment);
      assertThat(wait.exit()).isEqualTo(0);
    } finally {
      vertx.close().await();
    }
    assertThat(timeouts.get()).isPositive();
  }

  private void forward(String server, HttpServerRequest request) {
    var forwarded =
        HttpRequest.newBuilder(URI.create(server + request.uri())).timeout(PROXY_PATIENCE).build();
    var unused = // Both outcomes are answered below.
        upstream
            .sendAsync(forwarded, BodyHandlers.ofString())
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    request.response().setStatusCode(answer.statusCode()).end(answer.body());
                  } else {
                    timeouts.incrementAndGet();
                    request.response().setStatusCode(504).end("<html>504 Gateway Time-out</html>");
                  }
                });
  }
}
