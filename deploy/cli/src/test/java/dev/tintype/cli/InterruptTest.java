package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  @TempDir Path folder;

  @Test
  void anInterruptedWaitTellsHowToFindTheJobAgain() throws Exception {
    try (var server = new ServerUnderTest(redis.uri(), folder)) {
      Process client =
          ClientProcess.start(folder, "shot", "example.com", "--server", server.address());
      try (var talk = client.errorReader()) {
        assertThat(talk.readLine()).isEqualTo("queued");
        String id = server.claim().lease().job().value();
        // The shell's own: a small Debian has no program of that name.
        new ProcessBuilder("sh", "-c", "kill -INT " + client.pid()).start().waitFor();

        List<String> rest = talk.lines().toList();
        assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(rest.get(rest.size() - 1)).contains("Find it again: tintype wait " + id);
        // 128 and the signal's number, as shells expect it.
        assertThat(client.exitValue()).isEqualTo(130);
      } finally {
        client.destroyForcibly();
      }
    }
  }
}
