package dev.tintype.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.api.ApiUnderTest.Answer;
import dev.tintype.testing.RedisServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a problem that names the field, and the process lives on. */
class BadRequestTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  private static ApiUnderTest api;

  @BeforeAll
  static void start() {
    api = new ApiUnderTest(redis.uri());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  static Stream<Arguments> badBodies() {
    return Stream.of(
        Arguments.of("", 422, "", "must be a JSON object"),
        Arguments.of("hello", 400, "", "is not JSON"),
        Arguments.of("[1]", 422, "", "must be a JSON object"),
        Arguments.of("{}", 422, "", "requires /url or /html"),
        Arguments.of(
            "{\"url\": 7}", 422, "/url", "an http or https address of up to 8,192 characters"),
        Arguments.of(
            "{\"url\": \"http://example.com/\", \"html\": \"x\"}", 422, "/html", "exactly one"),
        Arguments.of("{\"url\": \"file:///etc/passwd\"}", 422, "/url", "begins with file:"),
        Arguments.of("{\"url\": \"http://exa mple/\"}", 422, "/url", "is not a valid address"),
        Arguments.of("{\"url\": \"http://127.0.0.1/\"}", 422, "/url", "--egress-allow 127.0.0.1"),
        Arguments.of("{\"url\": \"http://[::ffff:10.0.0.1]/\"}", 422, "/url", "--egress-allow"),
        Arguments.of("{\"url\": \"http://169.254.169.254/latest\"}", 422, "/url", "--egress-allow"),
        Arguments.of(
            "{\"html\": \"x\", \"viewport\": {\"width\": \"wide\"}}",
            422,
            "/viewport/width",
            "1 to 8192"),
        Arguments.of(
            "{\"html\": \"x\", \"viewport\": {\"widht\": 800}}",
            422,
            "/viewport/widht",
            "did you mean width?"),
        Arguments.of("{\"html\": \"x\", \"viewport\": 800}", 422, "/viewport", "width, height"),
        Arguments.of(
            "{\"html\": \"x\", \"fullPage\": true}",
            422,
            "/fullPage",
            "did you mean /area/fullPage?"),
        Arguments.of(
            "{\"html\": \"x\", \"format\": \"gif\"}", 422, "/format/type", "png, jpeg, webp"),
        Arguments.of(
            "{\"html\": \"x\", \"format\": {\"quality\": 81}}",
            422,
            "/format/quality",
            "only if /format/type is jpeg or webp"),
        Arguments.of(
            "{\"html\": \"x\", \"limits\": {\"timeout\": \"1h\"}}",
            422,
            "/limits/timeout",
            "1s to 10m"),
        Arguments.of(
            "{\"html\": \"x\", \"nope\": \"" + "n".repeat(2 << 20) + "\"}", 413, "", "1 MiB"),
        Arguments.of("{\"html\": \"" + "n".repeat(9 << 20) + "\"}", 413, "", "5 MiB for html"),
        Arguments.of(
            "{\"viewport\": " + "[".repeat(100) + "]".repeat(100) + "}",
            400,
            "/viewport",
            "is not JSON"));
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void aBadBodyGetsAProblemThatNamesTheField(
      String body, int status, String pointer, String detail) {
    Answer answer = api.post(body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("status").intValue()).isEqualTo(status);
    JsonNode error = answer.json().path("errors").path(0);
    assertThat(error.path("pointer").textValue()).isEqualTo(pointer);
    assertThat(error.path("detail").textValue()).contains(detail);
    assertThat(api.post("{\"html\": \"<p>still here\"}").status()).isEqualTo(202);
  }

  @Test
  void aNumberBeyondAllNumbersIsAnErrorOfItsField() {
    Answer answer = api.post("{\"html\": \"x\", \"viewport\": {\"width\": 1e400}}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors").path(0).path("pointer").textValue())
        .isEqualTo("/viewport/width");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/screenshot?url=%zz", "/v1/jobs/%zz", "/v1/jobs/x?wait=%zz"})
  void anAddressThatIsNotWellFormedIsAProblemToo(String path) throws IOException {
    // No client library would send it.
    assertThat(api.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 4")
        .contains("application/problem+json");
  }

  @Test
  void anAddressThatIsTooLongIsAProblemToo() throws IOException {
    String address = "/v1/screenshot?url=http://example.com/" + "x".repeat(40_000);

    assertThat(api.raw("GET " + address + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .contains(" 414 ")
        .contains("address_too_long");
  }

  @Test
  void headersThatAreTooLargeAreAProblemToo() throws IOException {
    assertThat(api.raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(10_000) + "\r\n\r\n"))
        .contains(" 431 ")
        .contains("headers_too_large");
  }

  @ParameterizedTest
  @EnumSource
  void aLongAddressIsReadOverEveryVersionOfHttp(Version version) {
    var client = HttpClient.newBuilder().version(version).build();
    String page = "/v1/screenshot?html=" + "x".repeat(20_000);

    // The first request of a client is HTTP/1.1 and asks for more.
    api.sendBy(client, api.request("/health/live").build());
    Answer answer = api.sendBy(client, api.request(page).build());

    assertThat(answer.response().version()).isEqualTo(version);
    assertThat(answer.status()).isEqualTo(303);
  }

  @Test
  void allErrorsOfABodyAreReportedAtOnce() {
    Answer answer =
        api.post(
            """
            {"url": "ftp://example.com/", "viewport": {"width": 0, "hight": 3},
             "wait": {"until": "never"}, "colour": "red"}
            """);

    assertThat(answer.json().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder(
            "/url", "/viewport/width", "/viewport/hight", "/wait/until", "/colour");
  }

  @Test
  void aBadQueryParameterIsNamedToo() {
    Answer answer = api.get("/v1/screenshot?url=http://example.com/&fullpage=true&width=wide");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors").findValuesAsText("detail"))
        .anyMatch(detail -> detail.contains("did you mean fullPage?"))
        .anyMatch(detail -> detail.contains("1 to 8192"));
    assertThat(answer.json().path("errors").findValuesAsText("parameter"))
        .containsExactlyInAnyOrder("fullpage", "width");
  }

  @Test
  void aWaitThatIsNoNumberIsRefused() {
    Answer answer = api.get("/v1/jobs/" + api.submit() + "?wait=long");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").path(0).path("pointer").textValue()).isEqualTo("/wait");
  }
}
