package dev.tintype.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HouseRulesTest {
  private static final Path ROOT = Path.of("..", "..");

  @TestFactory
  Stream<DynamicTest> theHouseKeepsItsRules() {
    JavaClasses house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("tests.jar"))
            .withImportOption(location -> !location.contains("/planted/"))
            .importPackages("dev.tintype");
    assertThat(house).hasSizeGreaterThan(100);
    return HouseRules.all().entrySet().stream()
        .map(rule -> dynamicTest(rule.getKey(), () -> rule.getValue().check(house)));
  }

  /** A rule that cannot fail holds nothing: each is shown classes that break it. */
  @TestFactory
  Stream<DynamicTest> everyRuleBites() {
    JavaClasses violations =
        new ClassFileImporter()
            .withImportOption(location -> location.contains("/planted/"))
            .importPackages("dev.tintype");
    return HouseRules.all().entrySet().stream()
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
  void everyPackageSaysWhatItIsFor() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> silent =
          files
              .filter(file -> file.toString().contains("/src/main/java/"))
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
              .toList();
      assertThat(silent).isEmpty();
    }
  }

  @Test
  void noFileIsLongerThanAReaderCanHold() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> long350 =
          files
              .filter(file -> file.toString().contains("/src/main/"))
              .filter(file -> file.toString().endsWith(".java") || file.toString().endsWith(".lua"))
              .filter(file -> lines(file) > (file.toString().endsWith(".lua") ? 90 : 350))
              .toList();
      assertThat(long350).isEmpty();
    }
  }

  @Test
  void theTopLevelIsFixed() throws IOException {
    try (Stream<Path> entries = Files.list(ROOT)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .filteredOn(name -> !name.startsWith(".") && !name.equals("target"))
          .containsExactlyInAnyOrder(
              "pom.xml", "api-module", "worker-module", "common-module", "deploy", "README.md");
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
