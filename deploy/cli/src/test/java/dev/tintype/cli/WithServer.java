package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A test for which there is a server, a new one each time, and a folder to run commands in. */
abstract class WithServer {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  @TempDir Path folder;
  ServerUnderTest server;

  @BeforeEach
  void startServer() {
    server = new ServerUnderTest(redis.uri(), folder);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** A command that must succeed. */
  Run done(String... arguments) {
    Run run = server.run(arguments);
    assertThat(run.exit()).as(run.err()).isEqualTo(0);
    return run;
  }
}
