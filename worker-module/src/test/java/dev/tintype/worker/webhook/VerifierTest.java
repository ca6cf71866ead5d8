package dev.tintype.worker.webhook;

import static dev.tintype.worker.webhook.DeliveryRig.KEY;
import static dev.tintype.worker.webhook.DeliveryRig.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.tintype.testing.RedisServer;
import dev.tintype.webhook.SigningKey;
import dev.tintype.worker.webhook.DeliveryRig.Call;
import dev.tintype.worker.webhook.DeliveryRig.Receiver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The published verifier of Standard Webhooks takes what we send, and nothing else. */
@Timeout(240)
class VerifierTest {
  @RegisterExtension static final RedisServer redis = RedisServer.bundled();

  private static final String NEW_KEY = SigningKey.random(new Random(1)).text();

  private DeliveryRig rig;
  private Receiver receiver;

  @BeforeEach
  void start() {
    rig = new DeliveryRig(redis.uri());
    receiver = new Receiver(rig.vertx, request -> request.response().end());
    rig.deliver(DeliveryRig.HASTY, Duration.ofSeconds(15));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void signatureIsAcceptedBeforeDuringAndAfterARotation() throws Exception {
    Call before = call();
    new Webhook(KEY).verify(before.body(), before.headers());

    rig.secrets.rotate(TENANT, "default", NEW_KEY, Duration.ofHours(1)).await();
    Call during = call();
    assertThat(during.header("webhook-signature").split(" ", -1)).hasSize(2);
    new Webhook(KEY).verify(during.body(), during.headers());
    new Webhook(NEW_KEY).verify(during.body(), during.headers());

    rig.rotateTheFirstOut();
    Call after = call();
    new Webhook(NEW_KEY).verify(after.body(), after.headers());
    assertThatThrownBy(() -> new Webhook(KEY).verify(after.body(), after.headers()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void changedBodyIdOrTimeIsRejected() throws Exception {
    Call call = call();
    var verifier = new Webhook(KEY);

    assertThatThrownBy(() -> verifier.verify(call.body() + " ", call.headers()))
        .isInstanceOf(WebhookVerificationException.class);
    for (String header : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
      Map<String, List<String>> changed = new HashMap<>(call.headers());
      String value = call.header(header);
      char last = value.charAt(value.length() - 1);
      changed.put(
          header, List.of(value.substring(0, value.length() - 1) + (last == '1' ? '2' : '1')));
      assertThatThrownBy(() -> verifier.verify(call.body(), changed))
          .as(header)
          .isInstanceOf(WebhookVerificationException.class);
    }
  }

  @Test
  void keyHasTheFormOfTheSpecification() {
    assertThat(SigningKey.isValid(NEW_KEY)).isTrue();
    assertThat(SigningKey.isValid(KEY)).isTrue();
    assertThat(SigningKey.isValid("whsec_c2hvcnQ=")).isFalse();
    assertThat(SigningKey.isValid("whsec_???")).isFalse();
    assertThat(SigningKey.isValid(NEW_KEY.substring(6))).isFalse();
  }

  private Call call() throws InterruptedException {
    rig.end(receiver.url("www"), "{\"name\":\"Zoë\"}");
    return receiver.next();
  }
}
