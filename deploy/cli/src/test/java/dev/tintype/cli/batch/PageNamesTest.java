package dev.tintype.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageNamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "https://example.com/a?b=c,             example.com-a-b-c",
    "https://example.com/über/crème,        example.com-uber-creme",
    "https://example.com/%C3%BCber%20uns,   example.com-uber-uns",
    "https://example.com/50%/100%25,        example.com-50-100",
    "https://example.com/%FF%C3,            example.com",
    "https://example.com/%2e%2e%2Fetc,      example.com-..-etc",
    "https://пример.рф/,                    page",
    "https://example.com/日本語/x,           example.com-x",
    "html,                                  html",
  })
  void aNameTellsThePageInLettersThatEveryFileSystemHas(String url, String name) throws Exception {
    assertThat(PageNames.in(folder).next(url)).isEqualTo(name);
  }

  @Test
  void aLongAddressHasANameThatFits() throws Exception {
    PageNames names = PageNames.in(folder);
    String letters = "https://example.com/" + "ü😀日".repeat(100) + "/" + "a".repeat(300);

    assertThat(names.next(letters).getBytes(StandardCharsets.UTF_8)).hasSizeBetween(12, 120);
    assertThat(names.next(letters).getBytes(StandardCharsets.UTF_8)).hasSizeBetween(12, 130);
  }
}
