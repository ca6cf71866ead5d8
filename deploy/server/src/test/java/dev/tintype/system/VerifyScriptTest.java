package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.ChildProcess;
import dev.tintype.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/verify}, with a script in place of Maven. */
@Tag("slow")
class VerifyScriptTest {
  private static final Path VERIFY = Path.of("..", "verify").toAbsolutePath();

  @TempDir Path folder;

  @BeforeEach
  void writeMaven() throws IOException {
    Path maven = folder.resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/sh
        echo "arguments: $*"
        grep SigIgn /proc/self/status
        setsid sh -c "trap '' TERM; sleep 1000" >/dev/null 2>&1 &
        echo "child: $!"
        [ -n "$MAVEN_ENDS" ] && exit 7
        wait
        """);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void helpExplainsTheQuickRun() throws Exception {
    Process verify = start("", "--help");

    assertThat(text(verify)).contains("Usage: deploy/verify").contains("--quick");
    assertThat(verify.waitFor()).isZero();
  }

  @Test
  void quickRunLeavesOutSlowTestsAndPassesArgumentsOn() throws Exception {
    Process verify = start("1", "--quick", "-o");

    assertThat(text(verify))
        .contains("arguments: -B -ntp test -DexcludedGroups=slow -pl !deploy/bench -o\n");
    assertThat(verify.waitFor()).isEqualTo(7);
  }

  @Test
  void processThatOutlivesTheTestsIsKilledAndReported() throws Exception {
    Process verify = start("1", "--quick");

    String text = text(verify);

    assertThat(verify.waitFor()).as(text).isEqualTo(7);
    assertThat(text).contains("killed a process that outlived the run");
    assertHasEnded(childIn(text));
  }

  @Test
  void interruptedRunLeavesNoProcess() throws Exception {
    Process verify = start("", "--quick");
    var lines = verify.inputReader();
    StringBuilder text = new StringBuilder();
    while (!text.toString().contains("child: ")) {
      String line = lines.readLine();
      assertThat(line).as(text.toString()).isNotNull();
      text.append(line).append('\n');
    }

    ChildProcess.terminate(verify);

    assertThat(verify.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(verify.exitValue()).isEqualTo(143);
    assertHasEnded(childIn(text.toString()));
  }

  @Test
  void testsGetDefaultSignalsThoughTheCallerIgnoresThem() throws Exception {
    Process verify =
        process(
            "1", "sh", "-c", "trap '' INT QUIT; exec \"$@\"", "sh", VERIFY.toString(), "--quick");

    // Bits 1 and 2 of the mask are SIGINT and SIGQUIT.
    long ignored =
        text(verify)
            .lines()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseLong(line.substring(7).strip(), 16))
            .findFirst()
            .orElseThrow();
    assertThat(ignored & 0b110).isZero();
  }

  private Process start(String mavenEnds, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(VERIFY.toString()));
    command.addAll(List.of(arguments));
    return process(mavenEnds, command.toArray(String[]::new));
  }

  private Process process(String mavenEnds, String... command) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MAVEN_ENDS", mavenEnds);
    builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    return ChildProcess.start(builder);
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A killed process exists until its new parent has asked for its exit code. */
  private static void assertHasEnded(long pid) {
    Eventually.holds(
        "process " + pid + " has ended",
        Duration.ofMinutes(1),
        () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  private static long childIn(String text) {
    return text.lines()
        .filter(line -> line.startsWith("child: "))
        .mapToLong(line -> Long.parseLong(line.substring(7)))
        .findFirst()
        .orElseThrow();
  }
}
