package dev.tintype.redis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobState;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.DeliveryId;
import dev.tintype.outbox.LoggedDelivery;
import dev.tintype.outbox.LoggedDelivery.State;
import dev.tintype.outbox.Settlement.GivenUp;
import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.outbox.WebhookEndpoint;
import dev.tintype.outbox.WebhookEndpoints.SaveReply;
import dev.tintype.webhook.Webhook;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What endpoints and secrets are, and what their changes mean to deliveries that wait. */
interface WebhookSettingsContract extends OutboxSteps {
  @Test
  default void anEndpointThatWantsNoMoreIsDisabledAndWhatWasDueToItIsGivenUp() {
    endpoint(A, "ep_1", "http://gone.example/");
    jobs().end(A, JobState.SUCCEEDED, null);
    jobs().end(A, JobState.SUCCEEDED, null);
    Delivery first = outbox().claim("1", 1).await().get(0);

    outbox().settle(first.lease(), BROKEN, new GivenUp(true), ReceiverState.HEALTHY).await();
    jobs().end(A, JobState.SUCCEEDED, null);

    assertThat(endpoints().list(A).await().get(0).disabledAt()).isNotNull();
    assertThat(claim()).isEmpty();
    List<LoggedDelivery> all = log().list(A, null, 10).await().deliveries();
    assertThat(all).as("none for the job that ended after it").hasSize(2);
    LoggedDelivery other =
        all.stream().filter(d -> !d.id().equals(first.lease().delivery())).findFirst().get();
    assertThat(other.state()).isEqualTo(State.GIVEN_UP);
    assertThat(other.attempts().get(0).result().outcome()).isEqualTo("disabled");
  }

  @Test
  default void anEndpointThatWasDeletedIsCalledNoMore() {
    endpoint(A, "ep_1", "http://r.example/");
    jobs().end(A, JobState.SUCCEEDED, null);

    assertThat(endpoints().delete(A, "ep_1").await()).isTrue();

    assertThat(claim()).isEmpty();
    assertThat(endpoints().delete(A, "ep_1").await()).isFalse();
    assertThat(secrets().find(A, "ep_1").await()).isEmpty();
  }

  @Test
  default void anAddressThatIsGoneDoesNotDisableTheOneThatTookItsPlace() {
    endpoint(A, "ep_1", "http://old.example/");
    jobs().end(A, JobState.SUCCEEDED, null);
    Delivery first = claimOne();
    endpoint(A, "ep_1", "http://new.example/");

    outbox().settle(first.lease(), BROKEN, new GivenUp(true), ReceiverState.HEALTHY).await();

    assertThat(endpoints().list(A).await().get(0).disabledAt()).isNull();
    assertThat(logged(first).state()).isEqualTo(State.GIVEN_UP);
  }

  @Test
  default void whatIsPendingGoesToTheAddressThatItsEndpointHasNow() {
    endpoint(A, "ep_1", "http://mistyped.example/");
    jobs().end(A, JobState.SUCCEEDED, null);
    settle(claimOne(), BROKEN, AT_ONCE);

    endpoint(A, "ep_1", "http://right.example/mistyped");
    Delivery second = claimOne();
    assertThat(second.url()).isEqualTo("http://right.example/mistyped");
    settle(second, BROKEN, AT_ONCE);

    endpoint(A, "ep_1", "http://right.example/right");
    Delivery third = claimOne();
    assertThat(third.url()).isEqualTo("http://right.example/right");
    assertThat(third.lease().delivery()).isEqualTo(second.lease().delivery());
    settle(third, FINE, DELIVERED);
    assertThat(claim()).isEmpty();
  }

  @Test
  default void aReplacementThatComesAfterTheDeletionBringsNoEndpointBack() {
    endpoint(A, "ep_1", "http://r.example/");
    WebhookEndpoint known = endpoints().list(A).await().get(0);
    endpoints().delete(A, "ep_1").await();

    assertThat(endpoints().replace(A, known).await()).isEqualTo(SaveReply.UNKNOWN);

    assertThat(endpoints().list(A).await()).isEmpty();
  }

  @Test
  default void anEndpointWithoutItsSecretIsNotSaved() {
    endpoint(A, "ep_1", "http://r.example/");
    var unsigned = new Webhook("http://r.example/", Webhook.ALL_EVENTS, "none");
    var endpoint = new WebhookEndpoint("ep_1", unsigned, Instant.EPOCH, null);

    assertThat(endpoints().replace(A, endpoint).await()).isEqualTo(SaveReply.NO_SECRET);
    assertThat(endpoints().create(A, endpoint, null).await()).isEqualTo(SaveReply.NO_SECRET);

    assertThat(endpoints().list(A).await().get(0).webhook().secret()).isEqualTo("ep_1");
  }

  @Test
  default void aTestGoesToAnEndpointOfTheTenantAlone() {
    endpoint(A, "ep_1", "http://r.example/");

    assertThat(log().test(B, "ep_1", new DeliveryId("msg_1")).await()).isFalse();
    assertThat(log().test(A, "ep_1", new DeliveryId("msg_1")).await()).isTrue();

    assertThat(claimOne().type()).isEqualTo("webhook.test");
  }

  @Test
  default void aSecretThatRotatesSignsWithBothKeysForAWhile() {
    assertThat(secrets().findOrCreate(A, "default", "whsec_1").await().get().secret().key())
        .isEqualTo("whsec_1");
    assertThat(secrets().findOrCreate(A, "default", "whsec_x").await().get().secret().key())
        .isEqualTo("whsec_1");
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery delivery = claimOne();
    assertThat(delivery.keys()).containsExactly("whsec_1");

    var rotated = secrets().rotate(A, "default", "whsec_2", Duration.ofHours(1)).await().get();
    secrets().rotate(A, "default", "whsec_2", Duration.ofHours(1)).await();
    assertThat(rotated.key()).isEqualTo("whsec_2");
    assertThat(rotated.older()).extracting(older -> older.key()).containsExactly("whsec_1");
    settle(delivery, BROKEN, AT_ONCE);
    delivery = claimOne();
    assertThat(delivery.keys()).containsExactly("whsec_2", "whsec_1");

    secrets().rotate(A, "default", "whsec_3", Duration.ZERO).await();
    settle(delivery, BROKEN, AT_ONCE);
    assertThat(claimOne().keys()).containsExactly("whsec_3", "whsec_1");
    assertThat(secrets().rotate(B, "default", "whsec_2", Duration.ZERO).await()).isEmpty();
  }

  @Test
  default void fiveKeysSignAtOnceAndTheOldestGoes() {
    secrets().findOrCreate(A, "default", "whsec_1").await();
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));

    for (int i = 2; i <= 7; i++) {
      secrets().rotate(A, "default", "whsec_" + i, Duration.ofHours(1)).await();
    }

    assertThat(claimOne().keys())
        .containsExactly("whsec_7", "whsec_6", "whsec_5", "whsec_4", "whsec_3");
    assertThat(secrets().find(A, "default").await().orElseThrow().older()).hasSize(4);
  }

  @Test
  default void aSecretThatIsDeletedWhileItIsAskedForIsMadeAnew() {
    List<Future<?>> steps = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      steps.add(saved(A, "ep_1", "http://r.example/"));
      steps.add(secrets().findOrCreate(A, "ep_1", "whsec_1"));
      steps.add(secrets().findOrCreate(A, "ep_1", "whsec_1"));
      steps.add(endpoints().delete(A, "ep_1"));
    }

    Future.join(steps).await();

    // Calls that overlap keep no order: a cluster's connection that is still being opened sends
    // what waits for it in any. So the last deletion is one of its own.
    endpoints().delete(A, "ep_1").await();
    assertThat(secrets().findOrCreate(A, "ep_1", "whsec_1").await().orElseThrow().secret().key())
        .isEqualTo("whsec_1");
  }

  @Test
  default void whatIsNoEndpointTakesNoSecretOfItsNameAlong() {
    secrets().findOrCreate(A, "mine", "whsec_1").await();

    assertThat(endpoints().delete(A, "mine").await()).isFalse();

    assertThat(secrets().find(A, "mine").await()).isPresent();
  }
}
