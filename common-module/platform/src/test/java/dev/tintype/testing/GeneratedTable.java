package dev.tintype.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Markdown table whose rows come from the code. It stands in its file between the comments {@code
 * <!-- generated: NAME -->} and {@code <!-- end: NAME -->}.
 *
 * <p>Tests compare the file with the code. Run them with {@code -Dtintype.docs.write=true} to
 * rewrite the file instead.
 */
public record GeneratedTable(Path file, String name) {
  /** Compares the rows of the file with these, or writes these into the file. */
  public void assertRows(List<String> rows) throws IOException {
    String begin = "<!-- generated: " + name + " -->\n";
    String end = "<!-- end: " + name + " -->";
    String text = Files.readString(file);
    assertThat(text).as(file.toString()).contains(begin, end);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end, from);
    String table = String.join("\n", rows) + "\n";
    if (Boolean.getBoolean("tintype.docs.write")) {
      Files.writeString(file, text.substring(0, from) + table + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("%s differs from the code; -Dtintype.docs.write=true rewrites the table", file)
        .isEqualTo(table);
  }

  /** Makes a cell of a text: a pipe would begin the next cell. */
  public static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
