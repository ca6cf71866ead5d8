package dev.tintype.redis.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a script: its own file, preceded by the parts that it uses. A file names these in its
 * header, under {@code Uses}, one line for each part with the functions and constants that it
 * needs.
 */
public final class ScriptSource {
  private static final String FOLDER = "/dev/tintype/redis/";
  private static final Pattern USE = Pattern.compile("--   ([a-z_]+) +([A-Za-z_, ]+)");

  private ScriptSource() {}

  /**
   * The files that a script is made of. A part stands before those that use it; its own file is
   * last.
   */
  static List<String> files(String fileName) {
    Set<String> files = new LinkedHashSet<>();
    add(fileName, files);
    return new ArrayList<>(files);
  }

  private static void add(String fileName, Set<String> files) {
    if (!files.contains(fileName)) {
      uses(load(fileName)).keySet().forEach(part -> add("parts/" + part + ".lua", files));
      files.add(fileName);
    }
  }

  /** A text with a header of its own, preceded by the parts that it uses. */
  public static String complete(String text) {
    Set<String> parts = new LinkedHashSet<>();
    uses(text).keySet().forEach(part -> add("parts/" + part + ".lua", parts));
    return text(List.copyOf(parts)) + "\n" + text;
  }

  static String text(List<String> files) {
    return files.stream().map(ScriptSource::load).collect(Collectors.joining("\n"));
  }

  /** What the header of a file says that it uses: names by part. */
  static Map<String, List<String>> uses(String text) {
    Map<String, List<String>> uses = new LinkedHashMap<>();
    text.lines()
        .dropWhile(line -> !line.equals("-- Uses"))
        .skip(1)
        .takeWhile(line -> line.startsWith("--   "))
        .forEach(
            line -> {
              var use = USE.matcher(line);
              if (!use.matches()) {
                throw new IllegalStateException("not a line of Uses: " + line);
              }
              uses.put(use.group(1), List.of(use.group(2).split(", ", -1)));
            });
    return uses;
  }

  private static String load(String fileName) {
    try (InputStream file = ScriptSource.class.getResourceAsStream(FOLDER + fileName)) {
      if (file == null) {
        throw new IllegalStateException("the jar lacks " + fileName);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
