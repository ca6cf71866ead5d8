package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  @TempDir Path folder;

  @Test
  void interruptedWaitTellsHowToFindTheJob() throws Exception {
    try (var server = new ServerUnderTest(redis.uri(), folder);
        var client =
            ChildProcess.client(folder, "shot", "example.com", "--server", server.address())) {
      client.err.awaitText("queued\n");
      String id = server.claim().lease().job().value();
      client.interrupt();

      // 128 and the signal's number, as shells expect it.
      assertThat(client.exit()).as(client.err.text()).isEqualTo(130);
      assertThat(client.err.text()).contains("Find it again: tintype wait " + id);
    }
  }
}
