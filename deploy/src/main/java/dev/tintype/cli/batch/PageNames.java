package dev.tintype.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Makes names of files that tell the page, each once. */
final class PageNames {
  // Leaves room for a number and the extension below the 255 bytes that file systems allow.
  private static final int LONGEST = 120;

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

  private static String stem(String url) {
    String words =
        url.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "")
            .replaceAll("[^\\p{L}\\p{N}.]+", "-")
            // A name that begins with a dot is hidden, and one with a dash looks like a flag.
            .replaceAll("^[-.]+|[-.]+$", "");
    String stem = words.isEmpty() ? "page" : words;
    return stem.length() <= LONGEST ? stem : stem.substring(0, LONGEST);
  }
}
