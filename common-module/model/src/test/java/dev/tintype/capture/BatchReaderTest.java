package dev.tintype.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.capture.field.FieldError;
import dev.tintype.json.Json;
import dev.tintype.webhook.Webhook;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a batch may ask for, and what is said of one that asks for something else. */
class BatchReaderTest {
  private static final String PAGE = "\"url\":\"https://example.com/\"";

  @Test
  void aCaptureOverridesTheDefaultsFieldByField() {
    List<CaptureSpec> captures =
        captures(
            """
            {"defaults": {"url": "https://example.com/", "viewport": {"width": 390, "height": 844}},
             "captures": [{}, {"viewport": {"width": 800}}, {"viewport": {"width": null}}]}
            """);

    assertThat(captures)
        .extracting(each -> each.viewport().width())
        .containsExactly(390, 800, 1280);
    assertThat(captures).extracting(each -> each.viewport().height()).containsOnly(844);
  }

  @Test
  void aPageOfItsOwnTakesThePlaceOfTheDefaultInEitherForm() {
    List<CaptureSpec> captures =
        captures(
            """
            {"defaults": {"url": "https://example.com/"},
             "captures": [{"html": "<p>"}, {"url": "https://other.example/"}, {}]}
            """);

    assertThat(captures).extracting(CaptureSpec::html).containsExactly("<p>", null, null);
    assertThat(captures)
        .extracting(CaptureSpec::url)
        .containsExactly(null, "https://other.example/", "https://example.com/");
  }

  @Test
  void aPageThatAllSharePutsNoMoreIntoTheStoreThanABodyMayHold() {
    String page = "x".repeat(1 << 20);

    assertThat(captures(ofDefaultPage(page, 8))).hasSize(8);
    assertThat(errors(ofDefaultPage(page, 9)))
        .containsExactly(
            new FieldError(
                "/defaults/html",
                "is 9,437,184 characters in all captures together; allowed are 8,388,608;"
                    + " name the page by its url instead"));
  }

  private static String ofDefaultPage(String page, int captures) {
    return "{\"defaults\": {\"html\": \"%s\"}, \"captures\": [{}%s]}"
        .formatted(page, ", {}".repeat(captures - 1));
  }

  @Test
  void theShortFormOfAFormatIsOverriddenAsTheLongOneIs() {
    List<CaptureSpec> captures =
        captures(
            """
            {"defaults": {"url": "https://example.com/", "format": "webp"},
             "captures": [{"format": {"quality": 50}}, {"format": "png"}]}
            """);

    assertThat(captures)
        .extracting(each -> each.format().type())
        .containsExactly(ImageType.WEBP, ImageType.PNG);
    assertThat(captures.get(0).format().quality()).isEqualTo(50);
  }

  @Test
  void theWebhookAndTheMetadataOfTheBatchAreItsOwn() {
    BatchRequest batch =
        batch(
            """
            {"captures": [{%s}], "webhook": {"url": "https://example.com/hook"},
             "metadata": {"order": 7}}
            """
                .formatted(PAGE));

    assertThat(batch.webhook())
        .isEqualTo(new Webhook("https://example.com/hook", Webhook.ALL_EVENTS, "default"));
    assertThat(batch.metadata()).isEqualTo("{\"order\":7}");
    assertThat(batch.captures().get(0).webhook()).isNull();
    assertThat(batch.captures().get(0).metadata()).isNull();
  }

  @Test
  void everyErrorIsToldAtItsPlaceAndOneOfTheDefaultsOnce() {
    assertThat(
            errors(
                """
                {"defaults": {"viewport": {"width": 0}}, "url": "https://example.com/", "capture": 1,
                 "captures": [{%s}, {"url": "ftp://example.com/"}, 7, {%s, "formt": "png"}, {}],
                 "webhook": {"url": "nowhere", "events": ["failed"]}, "metadata": 7}
                """
                    .formatted(PAGE, PAGE)))
        .extracting(FieldError::pointer)
        .containsExactly(
            "/url",
            "/capture",
            "/defaults/viewport/width",
            "/captures/1/url",
            "/captures/2",
            "/captures/3/formt",
            "/captures/4",
            "/webhook/events",
            "/webhook/url",
            "/metadata");
  }

  @Test
  void aFieldOfACaptureThatStandsBesideTheListIsToldWhereItBelongs() {
    assertThat(errors("{\"captures\": [{%s}], \"viewport\": {}}".formatted(PAGE)))
        .extracting(FieldError::detail)
        .containsExactly(
            "is not a known field; it belongs into a capture, or at /defaults/viewport for all of"
                + " them");
  }

  @Test
  void theListHoldsOneToAThousandCaptures() {
    String most = list(1_000);
    String tooMany = list(1_001);

    assertThat(batch("{\"captures\": [%s]}".formatted(most)).captures()).hasSize(1_000);
    for (String wrong :
        List.of(
            "{}",
            "{\"captures\": []}",
            "{\"captures\": [%s]}".formatted(tooMany),
            "{\"captures\": {}}")) {
      assertThat(errors(wrong)).extracting(FieldError::pointer).containsExactly("/captures");
    }
    assertThat(errors("{\"captures\": [%s]}".formatted(tooMany)).get(0).detail())
        .isEqualTo("holds 1001; allowed is a list of 1 to 1,000 captures");
  }

  @Test
  void noCaptureIsAnsweredByTheImageOfAnother() {
    assertThat(
            errors(
                "{\"defaults\": {\"cache\": {\"maxAge\": \"1h\"}}, \"captures\": [{%s}]}"
                    .formatted(PAGE)))
        .extracting(FieldError::pointer)
        .containsExactly("/defaults/cache/maxAge");
  }

  @Test
  void aListThatIsWrongThroughoutIsNotAnsweredByAThousandErrors() {
    String wrong = IntStream.range(0, 1_000).mapToObj(i -> "{}").collect(Collectors.joining(","));

    var invalid = invalid("{\"captures\": [%s]}".formatted(wrong));

    assertThat(invalid.errors()).hasSize(100);
    assertThat(invalid.getMessage()).endsWith("; and 90 more");
  }

  @Test
  void whatIsNoObjectIsToldSo() {
    assertThat(errors("[]")).extracting(FieldError::pointer).containsExactly("");
    assertThat(errors("{\"defaults\": 7, \"captures\": [{%s}]}".formatted(PAGE)))
        .extracting(FieldError::pointer)
        .containsExactly("/defaults");
  }

  private static String list(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{" + PAGE + "}")
        .collect(Collectors.joining(","));
  }

  private static List<CaptureSpec> captures(String body) {
    return batch(body).captures().stream().map(CaptureRequest::capture).toList();
  }

  private static BatchRequest batch(String body) {
    return BatchReader.read(Json.read(body, JsonNode.class));
  }

  private static List<FieldError> errors(String body) {
    return invalid(body).errors();
  }

  private static InvalidCaptureException invalid(String body) {
    return catchThrowableOfType(InvalidCaptureException.class, () -> batch(body));
  }
}
