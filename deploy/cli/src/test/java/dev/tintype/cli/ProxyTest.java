package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.client.Capture;
import dev.tintype.client.CaptureBatch;
import dev.tintype.client.Pacing;
import dev.tintype.client.ServerAddress;
import dev.tintype.client.TintypeClient;
import dev.tintype.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProxyTest extends WithServer {
  // Less than the API keeps a client waiting: the mistake in a proxy's configuration that this
  // product comes from.
  private static final Duration PROXY_PATIENCE = Duration.ofMillis(1_500);

  @Test
  void aProxyThatGivesUpSoonerThanTheServerIsAskedForLess() {
    try (var proxy = new ForwardingProxy(server.address(), PROXY_PATIENCE, ForwardingProxy::pass)) {
      String job = done("submit", "example.com").out().strip();

      Run wait =
          Run.prepare(
                  folder,
                  Map.of("TINTYPE_SERVER", proxy.address()),
                  "",
                  false,
                  Pacing.DEFAULT.withLongPoll(Duration.ofSeconds(2)))
              .start("wait", job);
      wait.err.awaitText("no answer (status 504), asking again");
      var assignment = server.claim();
      wait.err.awaitText("running, attempt 1");
      server.complete(assignment);
      assertThat(wait.exit()).isEqualTo(0);
      assertThat(proxy.timeouts()).isPositive();
    }
  }

  @Test
  void aBatchIsAwaitedBehindAProxyThatGivesUpSoonerThanTheServer() throws Exception {
    try (var proxy = new ForwardingProxy(server.address(), PROXY_PATIENCE, ForwardingProxy::pass)) {
      // Patience with the proxy is that of waiting, not that of first contact.
      var client =
          TintypeClient.builder()
              .server(ServerAddress.parse(proxy.address()))
              .pacing(Pacing.DEFAULT.withLongPoll(Duration.ofSeconds(3)).withContactTries(1))
              .build();
      var batches = client.batches();
      var batch = batches.submit(CaptureBatch.of(List.of(Capture.ofHtml("<p>"))), "key-1");

      var waiting =
          CompletableFuture.supplyAsync(() -> batches.await(batch.id(), Duration.ofSeconds(20)));
      Eventually.holds("a timeout", Duration.ofSeconds(10), () -> proxy.timeouts() > 0);
      server.complete();

      assertThat(waiting.get(20, TimeUnit.SECONDS).isFinished()).isTrue();
    }
  }
}
