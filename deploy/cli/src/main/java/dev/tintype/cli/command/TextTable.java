package dev.tintype.cli.command;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in columns as wide as their widest cell. */
public final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  /**
   * One line for each row.
   *
   * @param rows of equal lengths
   */
  public static List<String> lines(List<List<String>> rows) {
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(column -> padded(row.get(column), width(rows, column)))
                    .collect(Collectors.joining(GAP))
                    .stripTrailing())
        .toList();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
