package dev.tintype.api;

import static dev.tintype.testing.GeneratedTable.cell;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.testing.GeneratedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables in {@code deploy/docs} about HTTP say what document and code say. */
class HttpDocsTest {
  private static final Path DOCS = Path.of("..", "deploy", "docs");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

  @Test
  void routesAreThoseOfTheDocument() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| route | |");
    rows.add("|---|---|");
    for (Map.Entry<String, JsonNode> path : ApiDocument.own().root().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getValue().has("operationId")) {
          rows.add(
              "| `%s %s` | %s |"
                  .formatted(
                      method.getKey().toUpperCase(Locale.ROOT),
                      path.getKey(),
                      cell(method.getValue().path("summary").textValue())));
        }
      }
    }
    assertThat(rows).hasSizeGreaterThan(20);
    new GeneratedTable(DOCS.resolve("http.md"), "routes").assertRows(rows);
  }

  @Test
  void problemsAreThoseOfTheCode() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| status | code | title | what to do |");
    rows.add("|---|---|---|---|");
    for (ProblemCode code : ProblemCode.values()) {
      rows.add(
          "| %d | `%s` | %s | %s |"
              .formatted(code.status(), code, cell(code.title()), cell(code.advice())));
    }
    new GeneratedTable(DOCS.resolve("http.md"), "problems").assertRows(rows);
  }

  /** Causes are written by hand; which codes there are is not. */
  @Test
  void everyProblemCodeIsInTroubleshooting() throws IOException {
    String text = Files.readString(DOCS.resolve("troubleshooting.md"));
    String problems = text.substring(text.indexOf("\n## Problem codes"));

    List<String> documented =
        ROW.matcher(problems).results().map(match -> match.group(1)).sorted().toList();

    assertThat(documented)
        .isEqualTo(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::toString).sorted().toList());
  }
}
