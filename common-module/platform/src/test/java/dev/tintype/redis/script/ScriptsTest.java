package dev.tintype.redis.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The form of the Lua files: the header is a contract, so it must say what the code uses. */
class ScriptsTest {
  private static final Path FOLDER = Path.of("src/main/resources/dev/tintype/redis");

  @Test
  void everyFileIsOneStep() throws IOException {
    assertThat(filesIn(FOLDER))
        .containsExactlyInAnyOrder(
            Arrays.stream(Script.values()).map(Script::fileName).toArray(String[]::new));
  }

  @Test
  void everyPartIsNeededBySomeStep() throws IOException {
    assertThat(filesIn(FOLDER.resolve("parts")))
        .map(name -> "parts/" + name)
        .containsExactlyInAnyOrderElementsOf(
            filesOfAll().filter(file -> file.startsWith("parts/")).toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyFunctionOfAPartStandsAboveThoseWhoCallItAndNoPartIsThereInVain(Script script) {
    List<String> files = script.files();
    for (String part : filesOfAll().filter(file -> file.startsWith("parts/")).toList()) {
      Set<String> functions = names(lines(part, false), "(?m)^local function (\\w+)");
      List<String> callers =
          files.stream()
              .filter(file -> !file.equals(part))
              .filter(file -> functions.stream().anyMatch(name -> calls(file, name)))
              .toList();

      // Everything needs the first part, which reads the clock and the prefix.
      if (!part.equals(ScriptPart.JOB.fileName())) {
        assertThat(files.contains(part)).as(part).isEqualTo(!callers.isEmpty());
      }
      assertThat(callers)
          .allSatisfy(file -> assertThat(files.indexOf(file)).isGreaterThan(files.indexOf(part)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theHeaderNamesEveryArgumentThatTheCodeUses(Script script) {
    String header = lines(script.fileName(), true);
    String code = lines(script.fileName(), false);

    assertThat(header).contains("-- KEYS[1] ");
    assertThat(names(header, "(ARGV\\[\\d+\\])")).containsAll(names(code, "(ARGV\\[\\d+\\])"));
  }

  @ParameterizedTest
  @EnumSource
  void theHeadersNameEveryKeyThatTheCodeUses(Script script) {
    // Of all parts: a step may know a key that another part tells about.
    String headers =
        Stream.concat(
                filesOfAll().filter(file -> file.startsWith("parts/")),
                Stream.of(script.fileName()))
            .map(file -> lines(file, true))
            .collect(Collectors.joining("\n"));

    for (String file : script.files()) {
      for (String key : names(lines(file, false), "prefix \\.\\. '([a-z]+)")) {
        if (!lines(file, false).contains("'PUBLISH', prefix .. '" + key)) {
          assertThat(headers)
              .as(key + " in " + file)
              .containsPattern(
                  "(?m)^--   " + key + "(:<\\w+>)* +(HASH|SET|STREAM|ZSET|STRING|LIST) ");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theHeaderNamesEveryReply(Script script) {
    String header = lines(script.fileName(), true);

    assertThat(header).containsPattern("-- .*\"[A-Za-z_:<>-]+\"");
    for (String word : names(lines(script.fileName(), false), "'([A-Z]+_?[A-Z]+)'")) {
      boolean isCommand =
          lines(script.fileName(), false).contains("redis.call('" + word + "'")
              || word.matches("COUNT|LIMIT|MAXLEN|WITHSCORES|PX|XX|NX");
      if (!isCommand) {
        assertThat(header).contains("\"" + word + "\"");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsGlobalAndNothingIsSearchedFor(Script script) {
    for (String file : script.files()) {
      String code = lines(file, false);
      assertThat(code).doesNotContain("redis.call('KEYS'").doesNotContain("SCAN");
      assertThat(code.lines().filter(line -> line.startsWith("function ")).toList()).isEmpty();
    }
  }

  private static Stream<String> filesOfAll() {
    return Arrays.stream(Script.values()).flatMap(script -> script.files().stream()).distinct();
  }

  private static String lines(String file, boolean comments) {
    try {
      return Files.readString(FOLDER.resolve(file))
          .lines()
          .filter(line -> line.startsWith("--") == comments)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Or hands it to another that will. */
  private static boolean calls(String file, String function) {
    return Pattern.compile("(?<!function )\\b" + function + "[(,)]")
        .matcher(lines(file, false))
        .find();
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Set<String> names(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
