package dev.tintype.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents of the repository refer to files and headings that exist. */
class LinksTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern FILE = Pattern.compile("`([A-Z]\\w+|\\w+\\.lua)`");
  private static final Pattern EVENT = Pattern.compile("`([a-z]+(?:_[a-z]+)*)`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  @Test
  void linksOfDocumentsLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
        String target = link.group(1);
        if (!target.matches("(https?:|mailto:|/).*")) {
          links++;
          if (!exists(document, target)) {
            broken.add(ROOT.relativize(document) + " -> " + target);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(20);
  }

  @Test
  void flowsNameFilesThatExist() throws IOException {
    String text = Files.readString(ROOT.resolve("deploy/docs/architecture.md"));
    int begin = text.indexOf("## Six flows");
    String flows = text.substring(begin, text.indexOf("\n## ", begin));
    Set<String> files = new HashSet<>();
    try (Stream<Path> all = Files.walk(ROOT)) {
      all.filter(file -> file.toString().contains("/src/main/"))
          .forEach(file -> files.add(file.getFileName().toString()));
    }

    List<String> named =
        FILE.matcher(flows)
            .results()
            .map(match -> match.group(1))
            .map(name -> name.endsWith(".lua") ? name : name + ".java")
            .toList();

    assertThat(named).hasSizeGreaterThan(20);
    assertThat(files).containsAll(named);
  }

  @Test
  void eventsOfDocumentsAreLogged() throws IOException {
    String operations = Files.readString(ROOT.resolve("deploy/docs/operations.md"));
    int begin = operations.indexOf("| event | meaning |");
    List<String> named =
        EVENT
            .matcher(operations.substring(begin, operations.indexOf("\n## ", begin)))
            .results()
            .map(match -> match.group(1))
            .toList();
    StringBuilder code = new StringBuilder();
    try (Stream<Path> all = Files.walk(ROOT)) {
      for (Path file :
          all.filter(each -> each.toString().matches(".*/src/main/.*\\.java")).toList()) {
        code.append(Files.readString(file));
      }
    }

    assertThat(named).hasSizeGreaterThan(10);
    assertThat(named)
        .allMatch(
            event -> code.indexOf("event=" + event) >= 0 || code.indexOf('"' + event + '"') >= 0);
  }

  private static boolean exists(Path document, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    if (!Files.exists(file)) {
      return false;
    }
    return parts.length == 1
        || HEADING
            .matcher(Files.readString(file))
            .results()
            .anyMatch(heading -> anchor(heading.group(1)).equals(parts[1]));
  }

  /** As GitHub makes them: lower case, spaces to hyphens, other punctuation dropped. */
  private static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 _-]", "")
        .strip()
        .replace(' ', '-');
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().matches(".*/(target|node_modules|\\.git)/.*"))
          .toList();
    }
  }
}
