package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes makes commands start fast, and is never in their way. */
class StartUpIT {
  private static final String[] COMMAND = {"submit", "example.com", "--dry-run", "--json"};
  private static final String SAID = "{\"url\":\"https://example.com\"}\n";

  @TempDir Path folder;

  @Test
  void theFirstCommandHasAnArchiveMadeThatTheNextOnesUse() throws Exception {
    assertThat(run("", folder)).isEqualTo(SAID);
    Path archive = archive();

    assertThat(run("", folder)).isEqualTo(SAID);
    // Asked for aloud, the JVM tells where it has its classes from.
    assertThat(run("-Xlog:class+load:stdout", folder))
        .contains("dev.tintype.cli.capture.SubmitCommand source: shared objects file (top)");
    assertThat(archives()).containsExactly(archive);
  }

  @Test
  void anArchiveThatIsBrokenIsNeitherUsedNorMentioned() throws Exception {
    run("", folder);
    Path archive = archive();
    byte[] whole = Files.readAllBytes(archive);
    Files.delete(archive);
    for (int length : new int[] {0, 100, whole.length / 2}) {
      Files.write(archive, Arrays.copyOf(whole, length));
      assertThat(run("", folder)).isEqualTo(SAID);
    }
  }

  @Test
  void withoutAPlaceForAnArchiveEverythingGoesOn() throws Exception {
    assertThat(run("", Path.of("/dev/null"))).isEqualTo(SAID);
  }

  @Test
  void theFoldersThatAShellOfTheUserLooksInAreNotOurs() throws Exception {
    Path home = Path.of("target", "tintype");
    var builder = new ProcessBuilder("bin/tintype").directory(home.toFile());
    builder.environment().put("CDPATH", ".:" + folder);

    assertThat(run(builder, "", folder)).isEqualTo(SAID);
  }

  private Path archive() {
    return Eventually.succeeds(
        "an archive", Duration.ofMinutes(2), () -> archives().iterator().next());
  }

  private List<Path> archives() throws IOException {
    try (var files = Files.list(folder.resolve("tintype"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  /** Everything that it says on either stream. */
  private static String run(String javaOptions, Path cache) throws Exception {
    return run(new ProcessBuilder(TintypeProcess.COMMAND.toString()), javaOptions, cache);
  }

  private static String run(ProcessBuilder builder, String javaOptions, Path cache)
      throws Exception {
    builder.command().addAll(List.of(COMMAND));
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().put("TINTYPE_JAVA_OPTIONS", javaOptions);
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
