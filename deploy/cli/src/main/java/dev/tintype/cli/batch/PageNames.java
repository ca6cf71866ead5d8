package dev.tintype.cli.batch;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes names of files that tell the page, each once. */
final class PageNames {
  // Leaves room for a number and the extension below the 255 bytes that file systems allow.
  private static final int LONGEST = 120;

  private static final Pattern ENCODED = Pattern.compile("(%[0-9A-Fa-f]{2})+");

  private final Set<String> taken = new HashSet<>();

  /** Knows the files that are there. */
  static PageNames in(Path folder) throws IOException {
    var names = new PageNames();
    try (var files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .map(name -> name.replaceFirst("\\.(png|jpg|webp)$", ""))
          .forEach(names::take);
    }
    return names;
  }

  void take(String name) {
    // Some file systems know no capitals.
    taken.add(name.toLowerCase(Locale.ROOT));
  }

  String next(String url) {
    String stem = stem(url);
    String name = stem;
    for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
      name = stem + "-" + number;
    }
    return name;
  }

  /**
   * In letters, digits and dots of ASCII: a file system counts bytes, and a locale may have no
   * others.
   */
  private static String stem(String url) {
    String words =
        Normalizer.normalize(
                decoded(url.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "")), Form.NFKD)
            // What is left of a letter when its accents are taken off.
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^A-Za-z0-9.]+", "-");
    String stem = trimmed(words);
    return stem.isEmpty() ? "page" : trimmed(stem.substring(0, Math.min(stem.length(), LONGEST)));
  }

  /** A name that begins with a dot is hidden, and one with a dash looks like a flag. */
  private static String trimmed(String words) {
    return words.replaceAll("^[-.]+|[-.]+$", "");
  }

  /** A percent sign that encodes nothing stays. */
  private static String decoded(String url) {
    return ENCODED
        .matcher(url)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(URLDecoder.decode(found.group(), StandardCharsets.UTF_8)));
  }
}
