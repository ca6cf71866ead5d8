package dev.tintype.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.capture.field.FieldError;
import dev.tintype.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of other services are refused with ours. */
class ForeignNamesTest {
  @ParameterizedTest
  @CsvSource({
    "full_page, is called fullPage here",
    "viewport_width, is called width here",
    "wait_for_selector, is called waitFor here",
    "cache_ttl, is called cacheMaxAge here",
    "adblock, is not available yet; it will be called blockAds",
    "proxy, is not offered here",
  })
  void queryIsAnsweredWithOurParameter(String theirs, String answer) {
    assertThat(query(theirs).detail()).isEqualTo(answer);
    assertThat(query(theirs).name()).isEqualTo(theirs);
  }

  @ParameterizedTest
  @CsvSource({
    "full_page, is called /area/fullPage here",
    "waitForSelector, is called /wait/selector here",
    "bestAttempt, is called /limits/onTimeout here",
  })
  void bodyIsAnsweredWithOurPlace(String theirs, String answer) {
    assertThat(body("{\"html\":\"<p>\",\"" + theirs + "\":1}").detail()).isEqualTo(answer);
  }

  @Test
  void selectorIsNotMistakenForTheElementToWaitFor() {
    assertThat(query("selector").detail())
        .isEqualTo(
            "will name the element to capture, and is not available yet; to wait for an element,"
                + " use waitFor");
    assertThat(body("{\"html\":\"<p>\",\"area\":{\"selector\":\"#a\"}}").detail())
        .endsWith("use /wait/selector");
  }

  @Test
  void parameterAfterTheAddressIsProbablyPartOfIt() {
    var refusal =
        catchThrowableOfType(
            InvalidCaptureException.class,
            () ->
                CaptureReader.read(
                    List.of(Map.entry("url", "https://example.com/?a=1"), Map.entry("b", "2"))));

    assertThat(refusal.errors().get(0).name()).isEqualTo("b");
    assertThat(refusal.errors().get(0).detail()).contains("encode that address, with %26 for &");
  }

  private static FieldError query(String name) {
    return catchThrowableOfType(
            InvalidCaptureException.class,
            () -> CaptureReader.read(List.of(Map.entry("html", "<p>"), Map.entry(name, "1"))))
        .errors()
        .get(0);
  }

  private static FieldError body(String json) {
    return catchThrowableOfType(
            InvalidCaptureException.class,
            () -> CaptureReader.read(Json.read(json, JsonNode.class)))
        .errors()
        .get(0);
  }
}
