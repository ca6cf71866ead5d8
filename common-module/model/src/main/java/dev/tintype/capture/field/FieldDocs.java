package dev.tintype.capture.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The fields of a table as a table in Markdown. */
public final class FieldDocs {
  private FieldDocs() {}

  /** The lines of the table, with its head. */
  public static List<String> rows(FieldTable table) {
    List<String> rows = new ArrayList<>();
    rows.add("| body | query | flag | default | |");
    rows.add("|---|---|---|---|---|");
    for (Field<?> field : table.fields()) {
      rows.add(
          "| `%s` | %s | %s | %s | %s %s. |"
              .formatted(
                  field.pointer().substring(1).replace('/', '.'),
                  field.query().map(name -> "`" + name + "`").orElse("body only"),
                  field.flag().map(flag -> "`--" + flag + "`").orElse(""),
                  field.defaultText().orElse(""),
                  cell(field.description()),
                  cell(sentence(field.allowed()))));
    }
    return rows;
  }

  private static String sentence(String allowed) {
    return allowed.substring(0, 1).toUpperCase(Locale.ROOT) + allowed.substring(1);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
