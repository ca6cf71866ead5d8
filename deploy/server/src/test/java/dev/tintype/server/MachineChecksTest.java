package dev.tintype.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.PlaywrightException;
import dev.tintype.server.MachineChecks.Finding;
import dev.tintype.server.MachineChecks.Verdict;
import dev.tintype.testing.RedisServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The checks of {@code tintype doctor} that need no browser. */
class MachineChecksTest {
  @RegisterExtension static final RedisServer redis = RedisServer.installed();

  @Test
  void missingBrowserIsNamedByItsPath() {
    assertThat(findings("/nope"))
        .filteredOn(finding -> finding.subject().equals("browser"))
        .containsExactly(
            new Finding(
                Verdict.BAD,
                "browser",
                "/nope is not an executable file",
                "give the path of a Chromium or Chrome with --browser"));
  }

  @Test
  void redisWithoutMemoryLimitOrAppendOnlyFileIsAWarning() {
    assertThat(findings("/nope"))
        .filteredOn(finding -> finding.verdict() == Verdict.WARN)
        .extracting(Finding::observation)
        .anyMatch(text -> text.startsWith("maxmemory is not set"))
        .anyMatch(text -> text.startsWith("append-only file is off"));
  }

  @Test
  void browserFailureIsReportedByItsMessage() {
    var failure =
        new PlaywrightException(
            "Error {\n  message='Failed to launch: spawn /bin/x EACCES\n  name='Error\n}");

    assertThat(PlaywrightMessage.of(failure)).isEqualTo("Failed to launch: spawn /bin/x EACCES");
    assertThat(PlaywrightMessage.of(new IllegalStateException("first\nsecond"))).isEqualTo("first");
  }

  private static List<Finding> findings(String browser) {
    Vertx vertx = Vertx.vertx();
    try {
      return new MachineChecks(vertx, Path.of(browser), redis.uri()).findings();
    } finally {
      vertx.close().await();
    }
  }
}
