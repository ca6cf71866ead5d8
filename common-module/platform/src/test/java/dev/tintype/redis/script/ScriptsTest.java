package dev.tintype.redis.script;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The form of the Lua files. The header is a contract, so it must say exactly what the code uses.
 */
class ScriptsTest {
  private static final Path FOLDER = Path.of("src/main/resources/dev/tintype/redis");
  private static final int MAX_LINES = 90;

  private static final String WRITES =
      "redis\\.call\\('(HSET|HSETNX|HDEL|HINCRBY|SET|DEL|UNLINK|Z(ADD|REM|POPMIN)|SADD|SREM|X(ADD|TRIM)"
          + "|RPUSH|P?EXPIRE|PUBLISH)";

  @Test
  void everyFileIsOneScript() throws IOException {
    assertThat(filesIn("."))
        .containsExactlyInAnyOrder(
            Arrays.stream(Script.values()).map(Script::fileName).toArray(String[]::new));
  }

  @Test
  void everyPartIsUsedByAScript() throws IOException {
    Set<String> used =
        Arrays.stream(Script.values())
            .flatMap(script -> ScriptSource.files(script.fileName()).stream())
            .filter(file -> file.startsWith("parts/"))
            .collect(toCollection(TreeSet::new));

    assertThat(parts()).containsExactlyInAnyOrderElementsOf(used);
  }

  @ParameterizedTest
  @MethodSource("files")
  void theHeaderNamesExactlyThePartsAndNamesThatTheCodeUses(String file) {
    Map<String, Set<String>> named = new TreeMap<>();
    ScriptSource.uses(text(file)).forEach((part, names) -> named.put(part, new TreeSet<>(names)));

    assertThat(named).isEqualTo(used(file));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aPartThatIsUsedStandsAboveItsUser(String file) {
    List<String> files = ScriptSource.files(file);

    for (String each : files) {
      for (String part : ScriptSource.uses(text(each)).keySet()) {
        assertThat(files.indexOf("parts/" + part + ".lua"))
            .as("%s uses %s", each, part)
            .isBetween(0, files.indexOf(each) - 1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartTakesArgumentsAndKeepsNoState(String part) {
    String code = code(part);

    assertThat(code).doesNotContain("ARGV");
    if (!part.equals("parts/context.lua")) {
      assertThat(code).doesNotContain("KEYS[");
    }
    for (String constant : constants(part)) {
      assertThat(code)
          .as("%s is assigned once", constant)
          .doesNotContainPattern("(?m)(?<!local )\\b" + constant + "( *,[^=\\n]*)? = ");
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aScriptReadsItsArgumentsAtTheTop(String script) {
    List<String> lines = code(script).lines().dropWhile(String::isEmpty).toList();

    assertThat(String.join("\n", lines.subList(lines.indexOf("") + 1, lines.size())))
        .doesNotContain("ARGV");
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFunctionNamedLikeAQuestionWritesNothing(String file) {
    for (MatchResult function :
        matches(
            code(file),
            "(?ms)^( *)local function ((?:is|has|may|can|must|needs)_\\w+).*?^\\1end")) {
      assertThat(function.group()).doesNotContainPattern(WRITES);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileIsShort(String file) {
    assertThat(text(file).lines()).hasSizeLessThanOrEqualTo(MAX_LINES);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theHeaderNamesEveryArgument(String script) {
    assertThat(header(script)).contains("-- KEYS[1] ");
    assertThat(names(header(script), "(ARGV\\[\\d+\\])"))
        .containsAll(names(code(script), "(ARGV\\[\\d+\\])"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void theHeadersNameEveryKey(String file) {
    // Those of all parts: a script may use a key that a part describes whose functions it does not
    // need.
    String headers =
        Stream.concat(parts().stream(), Stream.of(file))
            .map(ScriptsTest::header)
            .collect(Collectors.joining("\n"));

    for (String key : names(code(file), "(?<!'PUBLISH', )prefix \\.\\. '([a-z]+)")) {
      assertThat(headers)
          .as(key)
          .containsPattern("(?m)^--   " + key + "(:<\\w+>)* +(HASH|SET|STREAM|ZSET|STRING|LIST) ");
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theHeaderNamesEveryReply(String script) {
    assertThat(header(script)).containsPattern("-- .*\"[A-Za-z_:<>-]+\"");
    for (String word : names(code(script), "'([A-Z]+_?[A-Z]+)'")) {
      boolean isOfACommand =
          code(script).contains("redis.call('" + word + "'")
              || word.matches("COUNT|LIMIT|MAXLEN|WITHSCORES|PX|XX|NX");
      if (!isOfACommand) {
        assertThat(header(script)).contains("\"" + word + "\"");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothingIsGlobalAndNoKeyIsSearchedFor(String file) {
    assertThat(code(file))
        .doesNotContain("redis.call('KEYS'")
        .doesNotContain("SCAN")
        .doesNotContainPattern("(?m)^ *function ");
  }

  static List<String> scripts() {
    return Arrays.stream(Script.values()).map(Script::fileName).toList();
  }

  static List<String> parts() {
    try {
      return filesIn("parts").stream().map(name -> "parts/" + name).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> files() {
    List<String> files = new ArrayList<>(parts());
    files.addAll(scripts());
    return files;
  }

  /** Names of other parts that a file's code mentions, by part. */
  private static Map<String, Set<String>> used(String file) {
    String code =
        code(file)
            .replaceAll("'[^'\\n]*'", "''") // not a word in a text
            .replaceAll("--[^\\n]*", "")
            .replaceAll("\\.(?!\\.)\\w+", "") // not a field
            .replaceAll("(?<=[{,]) *\\w+ = (?![=])", " "); // not a field of a new table
    Map<String, Set<String>> used = new TreeMap<>();
    for (String part : parts()) {
      if (!part.equals(file)) {
        for (String name : definitions(part)) {
          if (Pattern.compile("\\b" + name + "\\b").matcher(code).find()) {
            used.computeIfAbsent(
                    part.substring("parts/".length(), part.length() - ".lua".length()),
                    first -> new TreeSet<>())
                .add(name);
          }
        }
      }
    }
    return used;
  }

  /** What a part defines at its top level. */
  private static Set<String> definitions(String part) {
    Set<String> names = names(code(part), "(?m)^local function (\\w+)");
    names.addAll(constants(part));
    return names;
  }

  private static Set<String> constants(String part) {
    Set<String> names = new TreeSet<>();
    for (MatchResult found : matches(code(part), "(?m)^local (?!function)([\\w, ]+?) *=")) {
      names.addAll(List.of(found.group(1).split(", *", -1)));
    }
    return names;
  }

  private static String header(String file) {
    return text(file)
        .lines()
        .filter(line -> line.startsWith("--"))
        .collect(Collectors.joining("\n"));
  }

  private static String code(String file) {
    return text(file)
        .lines()
        .filter(line -> !line.startsWith("--"))
        .collect(Collectors.joining("\n"));
  }

  private static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> filesIn(String folder) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<MatchResult> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }

  private static Set<String> names(String text, String pattern) {
    return matches(text, pattern).stream()
        .map(found -> found.group(1))
        .collect(toCollection(TreeSet::new));
  }
}
