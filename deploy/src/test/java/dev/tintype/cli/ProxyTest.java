package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.client.Pacing;
import java.time.Duration;
import java.util.Map;
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
}
