package dev.tintype.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tintype.capture.CaptureSpec.ImageType;
import dev.tintype.capture.CaptureSpec.WaitUntil;
import dev.tintype.json.Json;
import dev.tintype.webhook.Webhook;
import dev.tintype.webhook.WebhookEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureReaderTest {
  @Test
  void anAddressAloneIsACaptureWithTheDefaultsOfTheTable() {
    CaptureSpec spec = read("{'url': 'https://example.com/'}");

    assertThat(spec.viewport()).isEqualTo(new CaptureSpec.Viewport(1280, 800, 1));
    assertThat(spec.area().fullPage()).isFalse();
    assertThat(spec.format().type()).isEqualTo(ImageType.PNG);
    assertThat(spec.waitFor().until()).isEqualTo(WaitUntil.AUTO);
    assertThat(spec.limits().timeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void everyGroupIsReadFromItsPlace() {
    CaptureSpec spec =
        read(
            """
            {'html': '<p>', 'viewport': {'width': 800, 'height': 600, 'deviceScaleFactor': 2.5},
             'area': {'fullPage': true}, 'format': {'type': 'jpeg', 'quality': 55},
             'wait': {'until': 'networkidle', 'selector': '#chart', 'delay': '1500ms'},
             'limits': {'timeout': 'PT2M', 'onTimeout': 'fail'}}
            """);

    assertThat(spec)
        .isEqualTo(
            new CaptureSpec(
                null,
                "<p>",
                new CaptureSpec.Viewport(800, 600, 2.5),
                new CaptureSpec.Area(true),
                new CaptureSpec.Format(ImageType.JPEG, CaptureSpec.Compression.FAST, 55),
                new CaptureSpec.WaitFor(WaitUntil.NETWORKIDLE, "#chart", Duration.ofMillis(1500)),
                new CaptureSpec.Limits(Duration.ofMinutes(2), CaptureSpec.OnTimeout.FAIL, 3)));
  }

  @Test
  void aFormatMayBeNamedByItsTypeAlone() {
    CaptureSpec spec = read("{'html': '<p>', 'format': 'webp'}");

    assertThat(spec.format().type()).isEqualTo(ImageType.WEBP);
    assertThat(spec.format().quality()).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://my_host.example/",
        "http://münchen.example/",
        "http://[2001:db8::1]:8080/",
        "http://user:pass@example.com:443/"
      })
  void whateverABrowserTakesForAHostIsTaken(String url) {
    assertThat(read("{'url': '" + url + "'}").url()).isEqualTo(url);
  }

  @Test
  void nullIsAsGoodAsAbsent() {
    assertThat(read("{'html': '<p>', 'url': null, 'wait': {'selector': null}}").url()).isNull();
  }

  @Test
  void queryParametersSayTheSameUnderTheirFlatNames() {
    CaptureSpec byQuery =
        CaptureReader.read(
                List.of(
                    Map.entry("url", "http://example.com/"),
                    Map.entry("width", "800"),
                    Map.entry("fullPage", ""),
                    Map.entry("format", "webp"),
                    Map.entry("quality", "90"),
                    Map.entry("until", "load"),
                    Map.entry("delay", "2s")))
            .capture();

    assertThat(byQuery)
        .isEqualTo(
            read(
                """
                {'url': 'http://example.com/', 'viewport': {'width': 800}, 'area': {'fullPage': true},
                 'format': {'type': 'webp', 'quality': 90}, 'wait': {'until': 'load', 'delay': '2s'}}
                """));
  }

  @Test
  void aBodyMadeFromTextsIsReadAsTheQueryWouldBe() {
    var texts =
        Map.of(
            CaptureField.URL,
            "http://example.com/",
            CaptureField.WIDTH,
            "800",
            CaptureField.FORMAT,
            "webp");
    List<Entry<String, String>> query =
        texts.entrySet().stream()
            .map(text -> Map.entry(text.getKey().flatName(), text.getValue()))
            .toList();

    assertThat(CaptureReader.read(CaptureReader.body(texts))).isEqualTo(CaptureReader.read(query));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'html': '<p>', 'viewport': {'width': 1.5}}            | /viewport/width   | a whole number",
        "{'html': '<p>', 'viewport': {'width': 1e30}}           | /viewport/width   | 1 to 8192",
        "{'html': '<p>', 'viewport': {'width': 1e999999999}}    | /viewport/width   | 1 to 8192",
        "{'html': '<p>', 'viewport': {'width': 1e-999999999}}   | /viewport/width   | 1 to 8192",
        "{'html': '<p>', 'viewport': {'width': 0e-999999999}}   | /viewport/width   | 1 to 8192",
        "{'html': '<p>', 'viewport': {'deviceScaleFactor': 9}}  | /viewport/deviceScaleFactor | 0.5 to 4",
        "{'html': '<p>', 'area': {'fullPage': 'yes'}}           | /area/fullPage    | true or false",
        "{'html': '<p>', 'format': {'type': 'jpeg', 'compression': 'small'}} | /format/compression | allowed with png",
        "{'html': '<p>', 'wait': {'delay': 3}}                  | /wait/delay       | such as",
        "{'html': '<p>', 'wait': {'delay': '2m'}}               | /wait/delay       | 0s to 1m",
        "{'html': '<p>', 'viewport': {'width': 8192, 'deviceScaleFactor': 4}, 'format': 'webp'} | /viewport/width | 16383 a side",
        "{'url': 'https:///path'}                               | /url              | names no host",
        "{'url': 'http://x:99999/'}                             | /url              | port from 1 to 65535",
        "{'url': 'example.com'}                                 | /url              | begins with no scheme",
        "{'url': '  '}                                          | /url              | text of 1 to",
        "{'html': '<p>', 'pririty': 1}                          | /pririty          | not a known field",
        "{'html': '<p>', 'wait': {'slector': 'p'}}              | /wait/slector     | did you mean selector?",
        "{'html': '<p>', 'webhook': {'url': 'ftp://r.example/'}} | /webhook/url | an http or https address",
        "{'html': '<p>', 'webhook': {'url': 'http://me:pw@r.example/'}} | /webhook/url | without a user",
        "{'html': '<p>', 'webhook': {'url': 'http://r.example:65536/'}} | /webhook/url | an http or https address",
        "{'html': '<p>', 'webhook': {'url': 'http:///x'}}       | /webhook/url      | with a host",
        "{'html': '<p>', 'webhook': {'url': 'http://r.example/', 'events': ['done']}} | /webhook/events | succeeded, failed",
        "{'html': '<p>', 'webhook': {'url': 'http://r.example/', 'secret': 'My secret'}} | /webhook/secret | a name",
        "{'html': '<p>', 'webhook': {'url': 'http://r.example/', 'event': 'failed'}} | /webhook/event | did you mean events?",
        "{'html': '<p>', 'webhook': {'events': 'failed'}}       | /webhook/events   | without /webhook/url",
        "{'html': '<p>', 'webhook': 'http://r.example/'}        | /webhook          | it holds url, events, secret",
        "{'html': '<p>', 'webhook': {'url': 'http://r.example/'}, 'cache': {'maxAge': '1h'}} | /cache/maxAge | give one of the two",
        "{'html': '<p>', 'metadata': 'x'}                       | /metadata         | a JSON object",
        "{'html': '<p>', 'timeout': '5s'}                       | /timeout          | belongs at /limits/timeout",
      })
  void whatIsWrongIsNamedWithWhatIsAllowed(String body, String pointer, String detail) {
    var refusal = catchThrowableOfType(InvalidCaptureException.class, () -> read(body));

    assertThat(refusal.errors()).hasSize(1);
    assertThat(refusal.errors().get(0).pointer()).isEqualTo(pointer);
    assertThat(refusal.errors().get(0).detail()).contains(detail);
  }

  @ParameterizedTest
  @CsvSource({
    "notBefore, +999999999-12-31T23:59:59Z",
    "notBefore, 1969-12-31T23:59:59.999Z",
    "notBefore, -999999999-01-01T00:00:00Z",
    "deadline, +999999999-12-31T23:59:59Z",
    "deadline, 1969-12-31T23:59:59.999Z",
  })
  void aMomentThatNoClockCountsToIsNamedWithWhatIsAllowed(String field, String moment) {
    String body = "{'html': '<p>', '%s': '%s'}".formatted(field, moment);

    var refusal = catchThrowableOfType(InvalidCaptureException.class, () -> read(body));

    assertThat(refusal).isNotNull();
    assertThat(refusal.errors()).hasSize(1);
    assertThat(refusal.errors().get(0).pointer()).isEqualTo("/" + field);
    assertThat(refusal.errors().get(0).detail()).contains("a moment");
  }

  @Test
  void aWebhookIsCalledForEveryEndUnlessSomeAreNamed() {
    assertThat(request("{'html': '<p>', 'webhook': {'url': 'https://r.example/x'}}").webhook())
        .isEqualTo(new Webhook("https://r.example/x", Webhook.ALL_EVENTS, "default"));
    assertThat(
            request(
                    "{'html': '<p>', 'webhook': {'url': 'http://r.example:81',"
                        + " 'events': ['failed', 'expired'], 'secret': 'mine'}}")
                .webhook())
        .isEqualTo(
            new Webhook(
                "http://r.example:81", Set.of(WebhookEvent.FAILED, WebhookEvent.EXPIRED), "mine"));
  }

  @Test
  void metadataIsTakenAsItIs() {
    assertThat(request("{'html': '<p>', 'metadata': {'order': 7, 'of': ['x']}}").metadata())
        .isEqualTo("{\"order\":7,\"of\":[\"x\"]}");
    assertThat(
            CaptureReader.read(
                    List.of(Map.entry("html", "<p>"), Map.entry("metadata", "{\"a\": 1}")))
                .metadata())
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void metadataThatIsDeepIsTakenAsFarAsItFitsIntoEveryAnswer() {
    String body = "{'html': '<p>', 'metadata': {'a': %s%s}}";

    assertThat(read(body.formatted("[".repeat(15), "]".repeat(15)))).isNotNull();
    var refusal =
        catchThrowableOfType(
            InvalidCaptureException.class,
            () -> read(body.formatted("[".repeat(16), "]".repeat(16))));

    assertThat(refusal.errors().get(0).pointer()).isEqualTo("/metadata");
    assertThat(refusal.errors().get(0).detail()).contains("16 levels");
  }

  @Test
  void metadataBeyondItsSizeIsRefused() {
    String body = "{'html': '<p>', 'metadata': {'a': '%s'}}".formatted("x".repeat(4_100));

    var refusal = catchThrowableOfType(InvalidCaptureException.class, () -> read(body));

    assertThat(refusal.errors().get(0).detail()).contains("a JSON object of up to 4,096 bytes");
  }

  @ParameterizedTest
  @EnumSource
  void everyDefaultIsAllowed(CaptureField field) {
    field
        .defaultValue()
        .ifPresent(
            value ->
                assertThat(field.read(field.spelled(spelling(value))).orElseThrow())
                    .isEqualTo(value));
  }

  @Test
  void theNumbersOfMetadataStayAsTheyAre() {
    String metadata =
        "{'n':12345678901234567890,'d':0.10,'big':1E+400,'long':0.12345678901234567890}";

    assertThat(request("{'html': '<p>', 'metadata': " + metadata + "}").metadata())
        .isEqualTo(metadata.replace('\'', '"'));
  }

  @Test
  void flatNamesTellFieldsApart() {
    assertThat(Arrays.stream(CaptureField.values()).map(CaptureField::flatName))
        .doesNotHaveDuplicates();
  }

  private static String spelling(Object value) {
    return value instanceof Duration time ? Durations.spell(time) : value.toString();
  }

  private static CaptureSpec read(String json) {
    return request(json).capture();
  }

  private static CaptureRequest request(String json) {
    try {
      return CaptureReader.read(Json.MAPPER.readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
