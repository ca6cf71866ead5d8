package dev.tintype.webhook;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other side of each conversation is the published library, not our own code. */
class WebhookVerifierTest {
  private static final String SECRET = secret(32, 'a');
  private static final String OTHER = secret(24, 'b');
  private static final String ID = "msg_01k5m7c0f2x8v9q3w4e5r6t7y8";
  private static final String BODY =
      "{\"type\":\"screenshot.succeeded\",\"title\":\"\u00e4\u20ac\"}";

  private final Instant now = InstantSource.system().instant();

  @Test
  void whatThePublishedLibrarySignsIsGenuine() throws Exception {
    for (String secret : new String[] {SECRET, OTHER, secret(64, 'c')}) {
      String signature = new Webhook(secret).sign(ID, now.getEpochSecond(), BODY);

      assertThatCode(() -> verify(secret, headers(now, signature), BODY))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void whatWeSignIsGenuineToThePublishedLibrary() {
    String timestamp = Long.toString(now.getEpochSecond());
    String signature = SigningKey.parse(SECRET).sign(ID, timestamp, bytes(BODY));

    assertThatCode(() -> new Webhook(SECRET).verify(BODY, headers(now, signature)))
        .doesNotThrowAnyException();
  }

  @Test
  void whileASecretIsReplacedEitherWillDoOnEitherSide() throws Exception {
    long seconds = now.getEpochSecond();
    String both =
        new Webhook(OTHER).sign(ID, seconds, BODY)
            + " "
            + new Webhook(SECRET).sign(ID, seconds, BODY);
    assertThatCode(() -> verify(SECRET, headers(now, both), BODY)).doesNotThrowAnyException();

    var verifier =
        new WebhookVerifier(
            List.of(SigningKey.parse(SECRET), SigningKey.parse(OTHER)), InstantSource.fixed(now));
    HttpHeaders old = headers(now, new Webhook(OTHER).sign(ID, seconds, BODY));
    assertThatCode(() -> verifier.verify(name -> old.firstValue(name).orElse(null), bytes(BODY)))
        .doesNotThrowAnyException();
  }

  @Test
  void whatWasChangedOnTheWayIsRefused() throws Exception {
    HttpHeaders headers = headers(now, new Webhook(SECRET).sign(ID, now.getEpochSecond(), BODY));

    assertThatThrownBy(() -> verify(SECRET, headers, BODY + " "))
        .isInstanceOf(InvalidWebhookException.class)
        .hasMessageContaining("webhook-signature");
    assertThatThrownBy(() -> verify(OTHER, headers, BODY))
        .isInstanceOf(InvalidWebhookException.class);
  }

  @Test
  void aSignatureOfAnotherVersionIsNotRead() throws Exception {
    String signature = new Webhook(SECRET).sign(ID, now.getEpochSecond(), BODY);

    assertThatThrownBy(() -> verify(SECRET, headers(now, signature.replace("v1,", "v1a,")), BODY))
        .isInstanceOf(InvalidWebhookException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void whatIsMoreThanFiveMinutesAwayIsRefused(long seconds) throws Exception {
    Instant then = now.plusSeconds(seconds);
    HttpHeaders headers = headers(then, new Webhook(SECRET).sign(ID, then.getEpochSecond(), BODY));

    assertThatThrownBy(() -> verify(SECRET, headers, BODY))
        .isInstanceOf(InvalidWebhookException.class)
        .hasMessageContaining(seconds < 0 ? "old" : "ahead")
        .hasMessageContaining("300 s");
  }

  @ParameterizedTest
  @ValueSource(longs = {-299, 299})
  void clocksMayDifferALittle(long seconds) throws Exception {
    Instant then = now.plusSeconds(seconds);
    HttpHeaders headers = headers(then, new Webhook(SECRET).sign(ID, then.getEpochSecond(), BODY));

    assertThatCode(() -> verify(SECRET, headers, BODY)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
  void aMissingHeaderIsNamed(String missing) throws Exception {
    Map<String, List<String>> headers =
        new HashMap<>(headers(now, new Webhook(SECRET).sign(ID, now.getEpochSecond(), BODY)).map());
    headers.remove(missing);

    assertThatThrownBy(() -> verify(SECRET, HttpHeaders.of(headers, (a, b) -> true), BODY))
        .isInstanceOf(InvalidWebhookException.class)
        .hasMessageContaining(missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!!", "hunter2-hunter2-hunter2"})
  void whatIsNoSecretIsRefusedWithoutBeingRepeated(String text) {
    assertThatThrownBy(() -> WebhookVerifier.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("24 to 64 bytes")
        .hasMessageNotContaining("hunter2");
  }

  private void verify(String secret, HttpHeaders headers, String body)
      throws InvalidWebhookException {
    new WebhookVerifier(List.of(SigningKey.parse(secret)), InstantSource.fixed(now))
        .verify(name -> headers.firstValue(name).orElse(null), bytes(body));
  }

  private static HttpHeaders headers(Instant time, String signature) {
    return HttpHeaders.of(
        Map.of(
            WebhookVerifier.ID, List.of(ID),
            WebhookVerifier.TIMESTAMP, List.of(Long.toString(time.getEpochSecond())),
            WebhookVerifier.SIGNATURE, List.of(signature)),
        (name, value) -> true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String secret(int length, char filling) {
    byte[] bytes = String.valueOf(filling).repeat(length).getBytes(StandardCharsets.UTF_8);
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }
}
