package dev.tintype.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              Arrays.stream(Script.values()).map(Script::fileName).toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theHeaderNamesEveryKeyAndArgumentThatTheCodeUses(Script script) {
    String header = lines(script, true);
    String code = lines(script, false);

    assertThat(names(header, "(KEYS\\[\\d+\\]) \\S+ +(?:HASH|ZSET|STRING|STREAM)"))
        .containsExactlyElementsOf(names(code, "(KEYS\\[\\d+\\])"));
    assertThat(names(header, "(ARGV\\[\\d+\\])")).containsAll(names(code, "(ARGV\\[\\d+\\])"));
  }

  @ParameterizedTest
  @EnumSource
  void theHeaderNamesEveryReply(Script script) {
    String header = lines(script, true);

    assertThat(header).containsPattern("-- .*\"[A-Za-z_]+\"");
    for (String word : names(lines(script, false), "return \\{?'([A-Z_]+)'")) {
      assertThat(header).contains("\"" + word + "\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theClockIsThatOfRedisAndNothingIsGlobal(Script script) {
    String code = lines(script, false);

    assertThat(code).doesNotContain("redis.call('KEYS'").doesNotContain("SCAN");
    assertThat(code.lines().filter(line -> line.matches("[a-z_]+(, [a-z_]+)* = .*")).toList())
        .as("assignments at the top without local")
        .allMatch(line -> code.contains("local " + line.substring(0, line.indexOf(' '))));
  }

  private static String lines(Script script, boolean comments) {
    return script
        .source()
        .lines()
        .filter(line -> line.startsWith("--") == comments)
        .collect(Collectors.joining("\n"));
  }

  private static Set<String> names(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
