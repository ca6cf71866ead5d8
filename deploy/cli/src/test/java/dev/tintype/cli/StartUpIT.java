package dev.tintype.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script and the archive of the client, as Maven has packaged them. */
class StartUpIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String[] COMMAND = {"submit", "example.com", "--dry-run", "--json"};
  private static final String OUTPUT = "{\"url\":\"https://example.com\"}\n";
  private static final String SHARED =
      "dev.tintype.cli.capture.SubmitCommand source: shared objects file";

  @TempDir Path folder;
  private Path unpacked = Path.of("");

  @BeforeEach
  void unpack() throws Exception {
    ChildProcess tar =
        ChildProcess.start(folder, Map.of(), List.of("tar", "-xzf", packed().toString()));
    assertThat(tar.exit()).as(tar.err.text()).isZero();
    unpacked = folder.resolve("tintype-client/bin/tintype");
  }

  @Test
  void clientArchiveIsSmallAndRuns() throws Exception {
    assertThat(Files.size(packed())).isLessThan(20_000_000);
    String version =
        packed().getFileName().toString().replaceAll("^tintype-client-|\\.tar\\.gz$", "");

    assertThat(run(unpacked, Map.of(), "--version")).isEqualTo("tintype " + version + "\n");
    assertThat(run(unpacked, Map.of(), COMMAND)).isEqualTo(OUTPUT);
    assertThat(run(unpacked, Map.of(), "--help")).contains("shot").doesNotContain("doctor");

    ChildProcess serve = start(unpacked, Map.of(), "serve");
    assertThat(serve.exit()).isEqualTo(2);
    assertThat(serve.err.text()).contains("'serve' is part of the full distribution");
  }

  @Test
  void classesComeFromTheArchiveThatTheBuildMade() throws Exception {
    Path built = TARGET.resolve("tintype-client/bin/tintype");

    assertThat(run(built, Map.of("TINTYPE_JAVA_OPTIONS", "-Xlog:class+load:stdout"), COMMAND))
        .contains(SHARED);
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void firstCommandMakesTheArchiveThatLaterOnesUse() throws Exception {
    assertThat(run(unpacked, Map.of(), COMMAND)).isEqualTo(OUTPUT);
    Path archive = cached();

    assertThat(run(unpacked, Map.of(), COMMAND)).isEqualTo(OUTPUT);
    assertThat(run(unpacked, Map.of("TINTYPE_JAVA_OPTIONS", "-Xlog:class+load:stdout"), COMMAND))
        .contains(SHARED);
    assertThat(archives()).containsExactly(archive);
  }

  @Test
  void brokenArchiveIsNeitherUsedNorMentioned() throws Exception {
    run(unpacked, Map.of(), COMMAND);
    Path archive = cached();
    byte[] whole = Files.readAllBytes(archive);
    Files.delete(archive);
    for (int length : new int[] {0, 100, whole.length / 2}) {
      Files.write(archive, Arrays.copyOf(whole, length));
      assertThat(run(unpacked, Map.of(), COMMAND)).isEqualTo(OUTPUT);
    }
  }

  @Test
  void commandsRunWithoutAPlaceForAnArchive() throws Exception {
    assertThat(run(unpacked, Map.of("XDG_CACHE_HOME", "/dev/null"), COMMAND)).isEqualTo(OUTPUT);
  }

  @Test
  void searchPathOfTheShellDoesNotMisleadTheScript() throws Exception {
    Path home = unpacked.resolveSibling("..");
    ChildProcess command =
        ChildProcess.start(
                home,
                Map.of("CDPATH", ".:" + folder, "XDG_CACHE_HOME", "/dev/null"),
                List.of("bin/tintype", "submit", "example.com", "--dry-run", "--json"))
            .reading();

    assertThat(command.exit()).as(command.err.text()).isZero();
    assertThat(command.out.text()).isEqualTo(OUTPUT);
  }

  @Test
  void anyCharacterIsKeptInALocaleThatHasOnlyAscii() throws Exception {
    // In the shell's own words, because this JVM may have such a locale itself.
    assertThat(submit("http://127.0.0.1:8080/\\303\\251?name=M\\303\\274ller").out.text())
        .contains("http://127.0.0.1:8080/\u00e9?name=M\u00fcller");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws Exception {
    ChildProcess submit = submit("http://127.0.0.1:8080/\\351");

    assertThat(submit.exit()).isEqualTo(2);
    assertThat(submit.err.text()).contains("not valid in the encoding", "percent-encode the URL");
    assertThat(submit.out.text()).isEmpty();
  }

  private ChildProcess submit(String url) throws Exception {
    String script = "exec \"$0\" submit \"$(printf '" + url + "')\" --dry-run --json";
    ChildProcess submit =
        ChildProcess.start(
                folder,
                Map.of("LC_ALL", "C", "XDG_CACHE_HOME", "/dev/null"),
                List.of("sh", "-c", script, unpacked.toString()))
            .reading();
    submit.exit();
    return submit;
  }

  private static Path packed() throws IOException {
    try (var files = Files.newDirectoryStream(TARGET, "tintype-client-*.tar.gz")) {
      return files.iterator().next();
    }
  }

  private Path cached() {
    return Eventually.succeeds(
        "an archive", Duration.ofMinutes(2), () -> archives().iterator().next());
  }

  private List<Path> archives() throws IOException {
    try (var files = Files.list(folder.resolve("cache/tintype"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  /** Standard output; there is nothing on standard error. */
  private String run(Path program, Map<String, String> environment, String... arguments)
      throws Exception {
    ChildProcess command = start(program, environment, arguments);
    assertThat(command.exit()).as(command.err.text()).isZero();
    assertThat(command.err.text()).isEmpty();
    return command.out.text();
  }

  private ChildProcess start(Path program, Map<String, String> environment, String... arguments)
      throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    variables.putAll(environment);
    String[] command = new String[arguments.length + 1];
    command[0] = program.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return ChildProcess.start(folder, variables, List.of(command)).reading();
  }
}
