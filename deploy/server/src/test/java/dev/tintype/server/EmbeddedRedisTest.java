package dev.tintype.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tintype.testing.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Redis that a killed process left behind. */
class EmbeddedRedisTest {
  @TempDir private Path folder = Path.of("set by JUnit");

  @ParameterizedTest
  @ValueSource(strings = {"", "garbled", "1 yesterday"})
  void invalidProcessFileIsReportedByItsPath(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("redis.pid"), text);

    assertThatThrownBy(() -> EmbeddedRedis.stopOrphan(file, Duration.ofSeconds(1)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("delete the file");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1_500, 1_500})
  void orphanIsFoundAfterTheClockWasSet(long step) throws Exception {
    Process orphan = shell("redis-server", "read line");
    try {
      EmbeddedRedis.stopOrphan(record(orphan, step), Duration.ofSeconds(10));

      assertThat(orphan.isAlive()).isFalse();
    } finally {
      ChildProcess.stop(orphan);
    }
  }

  @Test
  void orphanIsFoundByItsFolderAfterAClockStepOfAnHour() throws Exception {
    Process orphan = shell("redis-server", "cd \"$0\"; echo there; read line");
    try {
      assertThat(orphan.inputReader().readLine()).isEqualTo("there");

      EmbeddedRedis.stopOrphan(record(orphan, 3_600_000), Duration.ofSeconds(10));

      assertThat(orphan.isAlive()).isFalse();
    } finally {
      ChildProcess.stop(orphan);
    }
  }

  @Test
  void olderServerIsNotStartedOnDataOfANewerOne() throws Exception {
    Files.createDirectory(folder.resolve("appendonlydir"));

    assertThatThrownBy(() -> EmbeddedRedis.checkFormat(folder, serverOf("6.2.14")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("appendonlydir")
        .hasMessageContaining("version 7 or newer on the PATH")
        .hasMessageContaining("--data");
    EmbeddedRedis.checkFormat(folder, serverOf("7.0.15"));
    EmbeddedRedis.checkFormat(folder.resolve("new"), serverOf("6.2.14"));
  }

  private File serverOf(String version) throws IOException {
    Path program = folder.resolve("redis-" + version);
    Files.writeString(program, "#!/bin/sh\necho Redis server v=" + version + " sha=00000000\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program.toFile();
  }

  @Test
  void otherProcessWithTheRecordedIdIsNotStopped() throws Exception {
    Process other = shell("editor", "read line");
    Process later = shell("redis-server", "read line");
    try {
      EmbeddedRedis.stopOrphan(record(other, 0), Duration.ofSeconds(10));
      EmbeddedRedis.stopOrphan(record(later, 60_000), Duration.ofSeconds(10));

      assertThat(other.isAlive()).isTrue();
      assertThat(later.isAlive()).isTrue();
    } finally {
      ChildProcess.stop(other);
      ChildProcess.stop(later);
    }
  }

  @Test
  void orphanThatDoesNotStopIsReportedWithTheLimit() throws Exception {
    Process orphan = shell("redis-server", "trap '' TERM; echo ready; read line");
    try {
      assertThat(orphan.inputReader().readLine()).isEqualTo("ready");

      assertThatThrownBy(() -> EmbeddedRedis.stopOrphan(record(orphan, 0), Duration.ofSeconds(1)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("process " + orphan.pid())
          .hasMessageContaining("within 1 s")
          .hasMessageContaining("kill -9 " + orphan.pid());
    } finally {
      orphan.destroyForcibly().waitFor();
    }
  }

  private Process shell(String name, String script) throws IOException {
    Path program = folder.resolve(name);
    Files.copy(Path.of("/bin/sh").toRealPath(), program);
    return new ProcessBuilder(program.toString(), "-c", script, folder.toString()).start();
  }

  private Path record(Process process, long step) throws IOException {
    Instant start = process.info().startInstant().orElseThrow();
    return Files.writeString(
        folder.resolve("redis.pid"), process.pid() + " " + start.plusMillis(step));
  }
}
