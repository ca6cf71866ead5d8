package dev.tintype.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tintype.capture.Format.ImageType;
import dev.tintype.capture.Wait.WaitUntil;
import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.FieldTable;
import dev.tintype.json.Json;
import dev.tintype.webhook.Webhook;
import dev.tintype.webhook.WebhookEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureReaderTest {
  @Test
  void anAddressAloneIsACaptureWithTheDefaultsOfTheTable() {
    CaptureSpec spec = read("{'url': 'https://example.com/'}");

    assertThat(spec.viewport()).isEqualTo(new Viewport(1280, 800, 1));
    assertThat(spec.area().fullPage()).isFalse();
    assertThat(spec.format().type()).isEqualTo(ImageType.PNG);
    assertThat(spec.waits().until()).isEqualTo(WaitUntil.AUTO);
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

    assertThat(spec.html()).isEqualTo("<p>");
    assertThat(spec.viewport()).isEqualTo(new Viewport(800, 600, 2.5));
    assertThat(spec.area().fullPage()).isTrue();
    assertThat(spec.format()).isEqualTo(new Format(ImageType.JPEG, Format.Compression.FAST, 55));
    assertThat(spec.waits())
        .isEqualTo(new Wait(WaitUntil.NETWORKIDLE, "#chart", Duration.ofMillis(1500)));
    assertThat(spec.limits())
        .isEqualTo(new Limits(Duration.ofMinutes(2), Limits.OnTimeout.FAIL, 3));
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
    Map<Field<?>, List<String>> texts =
        Map.of(
            Input.URL,
            List.of("http://example.com/"),
            Viewport.WIDTH,
            List.of("800"),
            Format.TYPE,
            List.of("webp"));
    List<Entry<String, String>> query =
        texts.entrySet().stream()
            .map(text -> Map.entry(text.getKey().query().orElseThrow(), text.getValue().get(0)))
            .toList();

    assertThat(CaptureReader.read(FieldTable.body(texts))).isEqualTo(CaptureReader.read(query));
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
        "{'html': '<p>', 'format': {'type': 'jpeg', 'compression': 'small'}} | /format/compression | applies only if /format/type is png",
        "{'html': '<p>', 'wait': {'delay': 3}}                  | /wait/delay       | such as",
        "{'html': '<p>', 'wait': {'delay': '2m'}}               | /wait/delay       | 0s to 1m",
        "{'html': '<p>', 'viewport': {'width': 8192, 'deviceScaleFactor': 4}, 'format': 'webp'} | /viewport/width | up to 16383",
        "{'url': 'https:///path'}                               | /url              | name a host",
        "{'url': 'http://x:99999/'}                             | /url              | port from 1 to 65535",
        "{'url': 'example.com'}                                 | /url              | begin with http:// or https://",
        "{'url': '  '}                                          | /url              | an http or https address",
        "{'html': '<p>', 'pririty': 1}                          | /pririty          | is unknown",
        "{'html': '<p>', 'wait': {'slector': 'p'}}              | /wait/slector     | did you mean selector?",
        "{'html': '<p>', 'webhook': {'url': 'ftp://r.example/'}} | /webhook/url | an http or https address",
        "{'html': '<p>', 'webhook': {'url': 'http://me:pw@r.example/'}} | /webhook/url | without a user",
        "{'html': '<p>', 'webhook': {'url': 'http://r.example:65536/'}} | /webhook/url | an http or https address",
        "{'html': '<p>', 'webhook': {'url': 'http:///x'}}       | /webhook/url      | with a host",
        "{'html': '<p>', 'webhook': {'url': 'http://r.example/', 'events': ['done']}} | /webhook/events | succeeded, failed",
        "{'html': '<p>', 'webhook': {'url': 'http://r.example/', 'secret': 'My secret'}} | /webhook/secret | a name",
        "{'html': '<p>', 'webhook': {'url': 'http://r.example/', 'event': 'failed'}} | /webhook/event | did you mean events?",
        "{'html': '<p>', 'webhook': {'events': 'failed'}}       | /webhook/events   | requires /webhook/url",
        "{'html': '<p>', 'webhook': 'http://r.example/'}        | /webhook          | an object of url, events, secret",
        "{'html': '<p>', 'webhook': {'url': 'http://r.example/'}, 'cache': {'maxAge': '1h'}} | /cache/maxAge | remove one of the two",
        "{'html': '<p>', 'metadata': 'x'}                       | /metadata         | a JSON object",
        "{'html': '<p>', 'timeout': '5s'}                       | /timeout          | did you mean /limits/timeout?",
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
    assertThat(refusal.errors().get(0).detail()).contains("a time from 1970");
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

  @Test
  void theNumbersOfMetadataStayAsTheyAre() {
    String metadata =
        "{'n':12345678901234567890,'d':0.10,'big':1E+400,'long':0.12345678901234567890}";

    assertThat(request("{'html': '<p>', 'metadata': " + metadata + "}").metadata())
        .isEqualTo(metadata.replace('\'', '"'));
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
