package dev.tintype.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final Path ROOT = Path.of("..", "..");

  @TestFactory
  Stream<DynamicTest> rulesHold() {
    JavaClasses production =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("tests.jar"))
            .withImportOption(location -> !location.contains("/planted/"))
            .importPackages("dev.tintype");
    assertThat(production).hasSizeGreaterThan(100);
    return ArchitectureRules.all().entrySet().stream()
        .map(rule -> dynamicTest(rule.getKey(), () -> rule.getValue().check(production)));
  }

  /** A rule that cannot fail proves nothing: each is applied to classes that break it. */
  @TestFactory
  Stream<DynamicTest> everyRuleFindsAPlantedViolation() {
    JavaClasses violations =
        new ClassFileImporter()
            .withImportOption(location -> location.contains("/planted/"))
            .importPackages("dev.tintype");
    return ArchitectureRules.all().entrySet().stream()
        .map(
            rule ->
                dynamicTest(
                    rule.getKey(),
                    () ->
                        assertThat(
                                rule.getValue()
                                    .allowEmptyShould(true)
                                    .evaluate(violations)
                                    .hasViolation())
                            .isTrue()));
  }

  @Test
  void everyPackageHasADescription() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> undescribed =
          files
              .filter(file -> file.toString().contains("/src/main/java/"))
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
              .toList();
      assertThat(undescribed).isEmpty();
    }
  }

  @Test
  void filesAreShort() throws IOException {
    assertThat(longerThan(350, "/src/main/", ".java")).isEmpty();
    assertThat(longerThan(90, "/src/main/", ".lua")).isEmpty();
    assertThat(longerThan(700, "/src/test/", ".java")).isEmpty();

    assertThat(longerThan(10, "/src/main/", ".lua")).isNotEmpty();
  }

  @Test
  void classNamesAreUnique() throws IOException {
    Map<String, List<Path>> byName =
        files("/src/main/java/", ".java").stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(file -> file.getFileName().toString()));

    assertThat(byName.values()).hasSizeGreaterThan(100).allMatch(files -> files.size() == 1);
  }

  @Test
  void testsDoNotSleep() throws IOException {
    // Assembled, because this file is a test, too.
    String sleep = "Thread." + "sleep(";

    assertThat(files("/src/test/java/", ".java"))
        .hasSizeGreaterThan(100)
        .filteredOn(file -> !file.toString().contains("/planted/"))
        .filteredOn(file -> read(file).contains(sleep))
        .isEmpty();
  }

  @Test
  void topLevelHasNoOtherEntries() throws IOException {
    try (Stream<Path> entries = Files.list(ROOT)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .filteredOn(name -> !name.startsWith(".") && !name.equals("target"))
          .containsExactlyInAnyOrder(
              "pom.xml", "api-module", "worker-module", "common-module", "deploy", "README.md");
    }
  }

  private static List<Path> longerThan(int limit, String folder, String extension)
      throws IOException {
    return files(folder, extension).stream().filter(file -> lines(file) > limit).toList();
  }

  private static List<Path> files(String folder, String extension) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains(folder) && file.toString().endsWith(extension))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
