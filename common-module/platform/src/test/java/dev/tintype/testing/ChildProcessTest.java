package dev.tintype.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A JVM that starts one process, prints its ID, and then waits for ever. */
  static final class Parent {
    public static void main(String[] arguments) throws Exception {
      Process child = ChildProcess.start(new ProcessBuilder("sleep", "1000"));
      System.out.println(child.pid());
      child.waitFor();
    }
  }

  @Test
  void childEndsWithItsKilledParent() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .start();
    try {
      ProcessHandle child =
          ProcessHandle.of(Long.parseLong(parent.inputReader().readLine())).orElseThrow();
      assertThat(child.isAlive()).isTrue();

      parent.destroyForcibly().waitFor();

      Eventually.holds("the child has ended", LIMIT, () -> !child.isAlive());
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void signalsReachTheCommandItself() throws Exception {
    Process process =
        ChildProcess.start(shell("trap 'kill $!; exit 7' TERM; sleep 1000 & echo ready; wait"));
    assertThat(process.inputReader().readLine()).isEqualTo("ready");

    ChildProcess.terminate(process);

    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(7);
  }

  @Test
  void watcherEndsWithTheProcess() throws Exception {
    Process process = ChildProcess.start(new ProcessBuilder("sleep", "1000"));
    ProcessHandle watcher =
        Eventually.succeeds(
            "the watcher runs", LIMIT, () -> process.children().findFirst().orElseThrow());

    process.destroyForcibly().waitFor();

    Eventually.holds("the watcher has ended", LIMIT, () -> !watcher.isAlive());
  }

  private static ProcessBuilder shell(String script) {
    return new ProcessBuilder("sh", "-c", script);
  }
}
