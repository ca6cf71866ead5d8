package dev.tintype.redis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.LoggedDelivery;
import dev.tintype.outbox.LoggedDelivery.State;
import dev.tintype.outbox.Settlement.Health;
import dev.tintype.outbox.Settlement.ReceiverState;
import dev.tintype.outbox.Settlement.Retry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How receivers and tenants are kept from waiting for each other, and those at fault are let rest.
 */
interface ReceiverContract extends OutboxSteps {
  @Test
  default void aReceiverGetsAFewAtOnceAndTheOthersAreNotHeldUp() {
    for (int i = 0; i < 30; i++) {
      jobs().end(A, JobState.SUCCEEDED, hook("http://slow.example/"));
    }
    jobs().end(A, JobState.SUCCEEDED, hook("http://fast.example/"));
    RedisWebhookOutbox narrow = outbox(Duration.ofMinutes(10), 2);

    List<Delivery> claimed = narrow.claim("1", 100).await();
    assertThat(claimed)
        .extracting(Delivery::url)
        .containsExactlyInAnyOrder(
            "http://slow.example/", "http://slow.example/", "http://fast.example/");
    assertThat(narrow.claim("2", 100).await()).as("by another process").isEmpty();

    settle(claimed.get(0), FINE, DELIVERED);
    settle(claimed.get(1), FINE, DELIVERED);
    settle(claimed.get(2), FINE, DELIVERED);
    assertThat(narrow.claim("3", 100).await()).hasSize(2);
  }

  @Test
  default void aTenantDoesNotWaitBehindAnothersDeliveriesToTheSameReceiver() {
    for (int i = 0; i < 5; i++) {
      jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    }
    jobs().end(B, JobState.SUCCEEDED, hook("http://r.example/"));

    assertThat(outbox(Duration.ofMinutes(1), 1).claim("1", 100).await())
        .extracting(Delivery::tenant)
        .containsExactlyInAnyOrder(A, B);
  }

  @Test
  default void aTenantWithManyReceiversLeavesRoomForTheOthers() {
    for (int i = 0; i < 130; i++) {
      jobs().end(A, JobState.SUCCEEDED, hook("http://r" + i + ".example/"));
    }
    List<Delivery> first = outbox().claim("1", 200).await();
    assertThat(first).hasSize(100);
    jobs().end(B, JobState.SUCCEEDED, hook("http://r.example/"));

    assertThat(untilClaimed()).extracting(Delivery::tenant).containsExactly(B);

    first.forEach(delivery -> settle(delivery, FINE, DELIVERED));
    assertThat(untilClaimed()).extracting(Delivery::tenant).containsOnly(A);
  }

  @Test
  default void aReceiverAtFaultIsLetRestThenProbedByOneAndGivenEverythingWhenItIsBack() {
    for (int i = 0; i < 6; i++) {
      jobs().end(A, JobState.SUCCEEDED, hook("http://down.example/"));
    }
    List<Delivery> claimed = outbox().claim("1", 3).await();
    claimed.forEach(delivery -> settleAtFault(delivery, Duration.ofHours(1)));

    List<Delivery> probe = untilClaimed();
    assertThat(probe).as("of three that are due").hasSize(1);
    assertThat(claim()).isEmpty();
    settleAtFault(probe.get(0), Duration.ofHours(1));

    probe = untilClaimed();
    assertThat(probe).hasSize(1);
    settle(probe.get(0), FINE, DELIVERED);
    assertThat(claim()).hasSize(1);
  }

  @Test
  default void aReceiverIsNotProbedByADeliveryThatIsSentNoMore() {
    for (int i = 0; i < 3; i++) {
      jobs().end(A, JobState.SUCCEEDED, hook("http://down.example/"));
    }
    claim().forEach(delivery -> settleAtFault(delivery, Duration.ofHours(1)));
    endpoint(A, "ep_1", "http://down.example/");
    jobs().end(A, JobState.SUCCEEDED, null);
    endpoints().delete(A, "ep_1").await();
    aMillisecondLater();
    JobId next = jobs().end(A, JobState.SUCCEEDED, hook("http://down.example/"));

    assertThat(claimOne().lease().delivery().value()).isEqualTo("msg_" + next);
  }

  @Test
  default void aReceiverThatAsksForAPauseIsLeftAlone() {
    jobs().end(A, JobState.SUCCEEDED, hook("http://busy.example/"));
    jobs().end(A, JobState.SUCCEEDED, hook("http://busy.example/"));
    Delivery first = outbox().claim("1", 1).await().get(0);

    outbox()
        .settle(
            first.lease(), BROKEN, AT_ONCE, new ReceiverState(Health.FAILING, Duration.ofHours(1)))
        .await();

    assertThat(claim()).isEmpty();
  }

  @Test
  default void aPauseThatWasAskedForOutlivesAnAnswerThatWasOnItsWay() {
    for (int i = 0; i < 3; i++) {
      jobs().end(A, JobState.SUCCEEDED, hook("http://busy.example/"));
    }
    List<Delivery> claimed = outbox().claim("1", 2).await();

    outbox()
        .settle(
            claimed.get(0).lease(),
            BROKEN,
            AT_ONCE,
            new ReceiverState(Health.FAILING, Duration.ofHours(1)))
        .await();
    settle(claimed.get(1), FINE, DELIVERED);

    assertThat(claim()).isEmpty();
  }

  @Test
  default void whatWentWrongOnThisSideLetsNoReceiverRest() {
    for (int i = 0; i < 6; i++) {
      jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    }
    outbox().claim("1", 3).await().forEach(each -> settleUnknown(each, Duration.ofHours(1)));

    assertThat(claim()).hasSize(3);
  }

  @Test
  default void aProbeThatTellsNothingOfTheReceiverIsFollowedByAnother() {
    for (int i = 0; i < 6; i++) {
      jobs().end(A, JobState.SUCCEEDED, hook("http://down.example/"));
    }
    outbox().claim("1", 3).await().forEach(each -> settleAtFault(each, Duration.ofHours(1)));
    settleUnknown(claimOne(), Duration.ofHours(1));

    assertThat(claim()).as("one, and at once").hasSize(1);
  }

  @Test
  default void receiversAtAddressesOfIPv6HaveLanesOfTheirOwn() {
    var narrow = outbox(Duration.ofMinutes(1), 1);
    for (String receiver : List.of("[2001:db8::1]", "[2001:db8::2]", "[2001:db8::1]:8080")) {
      jobs().end(A, JobState.SUCCEEDED, hook("http://" + receiver + "/first"));
      jobs().end(A, JobState.SUCCEEDED, hook("http://" + receiver + "/second"));
    }

    List<Delivery> first = narrow.claim("1", 100).await();
    assertThat(first).hasSize(3);
    first.forEach(delivery -> settle(delivery, FINE, DELIVERED));
    List<Delivery> second = narrow.claim("2", 100).await();

    assertThat(Stream.of(first, second).flatMap(List::stream).map(Delivery::url))
        .doesNotHaveDuplicates()
        .hasSize(6);
    second.forEach(delivery -> settle(delivery, FINE, DELIVERED));
    assertThat(log().list(A, null, 10).await().deliveries())
        .extracting(LoggedDelivery::state)
        .containsOnly(State.DELIVERED);
  }

  private void settleUnknown(Delivery delivery, Duration after) {
    outbox().settle(delivery.lease(), BROKEN, new Retry(after), ReceiverState.UNKNOWN).await();
  }
}
