package dev.tintype.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a public linter says of the OpenAPI document. */
class OpenApiLintIT {
  private static final Path DOCUMENT =
      Path.of(
          "..",
          "..",
          "api-module",
          "src",
          "main",
          "resources",
          "dev",
          "tintype",
          "api",
          "openapi.yaml");

  @Test
  void theDocumentIsWithoutErrors() throws Exception {
    Ended ended = lint(DOCUMENT);

    assertThat(ended.code()).as(ended.said()).isZero();
  }

  @Test
  void aDocumentWithAFaultIsNot(@TempDir Path folder) throws Exception {
    Path faulty = folder.resolve("openapi.yaml");
    Files.writeString(
        faulty, Files.readString(DOCUMENT).replace("operationId: getImage", "operationId: getJob"));

    Ended ended = lint(faulty);

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said()).contains("operation-operationId-unique");
  }

  private static Ended lint(Path document) throws Exception {
    Process process =
        new ProcessBuilder("../openapi/lint", document.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    Assumptions.assumeFalse(code == 2, said);
    return new Ended(code, said);
  }

  private record Ended(int code, String said) {}
}
