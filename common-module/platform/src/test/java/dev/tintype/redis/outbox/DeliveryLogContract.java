package dev.tintype.redis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.DeliveryId;
import dev.tintype.outbox.LoggedDelivery;
import dev.tintype.outbox.LoggedDelivery.State;
import dev.tintype.redis.stored.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of deliveries afterwards, for how long, and how they begin anew. */
interface DeliveryLogContract extends OutboxSteps {
  @Test
  default void theLogIsReadPageByPageFromTheNewest() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(0, "msg_" + jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/")));
      aMillisecondLater();
    }
    jobs().end(B, JobState.SUCCEEDED, hook("http://r.example/"));

    var first = log().list(A, null, 3).await();
    var second = log().list(A, first.cursor(), 3).await();

    assertThat(first.deliveries()).extracting(d -> d.id().value()).isEqualTo(ids.subList(0, 3));
    assertThat(second.deliveries()).extracting(d -> d.id().value()).isEqualTo(ids.subList(3, 5));
    assertThat(second.cursor()).isNull();
    JobId job = new JobId(ids.get(4).substring(4));
    assertThat(log().listOfJob(job).await())
        .extracting(d -> d.id().value())
        .containsExactly(ids.get(4));
    assertThat(log().find(B, new DeliveryId(ids.get(4))).await()).isEmpty();
  }

  @Test
  default void aDeliveryThatBeginsAnewHasItsIdItsBodyAndTheAddressOfItsEndpointOfNow() {
    endpoint(A, "ep_1", "http://old.example/");
    jobs().end(A, JobState.SUCCEEDED, null);
    Delivery first = claimOne();
    outbox().saveBody(first.lease(), "body").await();
    settle(first, BROKEN, GIVEN_UP);
    endpoint(A, "ep_1", "http://new.example/");

    assertThat(log().redeliver(B, first.lease().delivery()).await()).as("not b's").isFalse();
    assertThat(log().redeliver(A, first.lease().delivery()).await()).isTrue();

    Delivery second = claimOne();
    assertThat(second.lease().delivery()).isEqualTo(first.lease().delivery());
    assertThat(second.body()).isEqualTo("body");
    assertThat(second.url()).isEqualTo("http://new.example/");
    assertThat(second.attempts()).isEqualTo(1);
    settle(second, FINE, DELIVERED);
    assertThat(logged(second).attempts()).hasSize(2);
  }

  @Test
  default void allThatWereGivenUpSinceAMomentBeginAnew() {
    List<Delivery> first = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      jobs().end(A, JobState.FAILED, hook("http://r" + i + ".example/"));
    }
    while (first.size() < 250) {
      List<Delivery> some = untilClaimed();
      some.forEach(delivery -> settle(delivery, BROKEN, GIVEN_UP));
      first.addAll(some);
    }
    log().redeliver(A, first.get(0).lease().delivery()).await();
    settle(claimOne(), FINE, DELIVERED);

    assertThat(log().redeliverSince(A, Instant.now().plusSeconds(60)).await()).isZero();
    assertThat(log().redeliverSince(B, Instant.EPOCH).await()).isZero();
    assertThat(log().redeliverSince(A, Instant.parse("2300-01-01T00:00:00Z")).await()).isZero();
    assertThat(log().redeliverSince(A, Instant.parse("2000-01-01T00:00:00Z")).await())
        .isEqualTo(249);
    assertThat(claim()).as("the lane of the first is looked into, too").hasSizeBetween(99, 100);
  }

  @Test
  default void oneThatBeginsAnewIsAsYoungAsANewOne() {
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery first = claimOne();
    settle(first, BROKEN, GIVEN_UP);
    madeLongAgo(first);

    log().redeliver(A, first.lease().delivery()).await();

    outbox(Duration.ofMinutes(1), 1, Duration.ofDays(1), 1_000).trim(100).await();
    settle(claimOne(), FINE, DELIVERED);
    outbox(Duration.ofMinutes(1), 1, Duration.ofDays(1), 0).trim(100).await();
    assertThat(log().find(A, first.lease().delivery()).await()).isEmpty();
  }

  @Test
  default void whatHasEndedIsKeptUpToItsNumberAndItsAge() {
    for (int i = 0; i < 4; i++) {
      jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    }
    List<Delivery> claimed = claim();
    claimed.subList(0, 3).forEach(delivery -> settle(delivery, FINE, DELIVERED));

    assertThat(outbox(Duration.ofMinutes(1), 1, Duration.ofDays(1), 1).trim(100).await())
        .isEqualTo(2);
    assertThat(log().list(A, null, 10).await().deliveries()).hasSize(2);

    settle(claimed.get(3), FINE, DELIVERED);
    aMillisecondLater();
    assertThat(outbox(Duration.ofMinutes(1), 1, Duration.ofMillis(1), 9).trim(100).await())
        .isPositive();
    assertThat(claim()).isEmpty();
    assertThat(indexEntries()).isZero();
  }

  @Test
  default void aTestThatIsForgottenLeavesNothingBehind() {
    endpoint(A, "ep_1", "http://r.example/");
    log().test(A, "ep_1", new DeliveryId("msg_1")).await();
    settle(claimOne(), FINE, DELIVERED);

    assertThat(outbox(Duration.ofMinutes(1), 1, Duration.ofDays(1), 0).trim(100).await()).isOne();

    assertThat(log().list(A, null, 10).await().deliveries()).isEmpty();
    assertThat(indexEntries()).isZero();
  }

  @Test
  default void aDeliveryThatIsTooOldIsGivenUpWithALineInItsLogAndForgottenLater() {
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery underWay = outbox().claim("1", 1).await().get(0);
    aMillisecondLater();
    RedisWebhookOutbox impatient = outbox(Duration.ofMinutes(1), 1, Duration.ofMillis(1), 1_000);

    assertThat(impatient.trim(100).await()).isOne();

    LoggedDelivery old =
        log().list(A, null, 10).await().deliveries().stream()
            .filter(each -> !each.id().equals(underWay.lease().delivery()))
            .findFirst()
            .orElseThrow();
    assertThat(old.state()).isEqualTo(State.GIVEN_UP);
    assertThat(old.attempts())
        .extracting(each -> each.result().outcome())
        .containsExactly("too_old");
    assertThat(logged(underWay).state()).as("its try may succeed").isEqualTo(State.SENDING);
    assertThat(claim()).isEmpty();

    settle(underWay, FINE, DELIVERED);
    aMillisecondLater();
    impatient.trim(100).await();
    assertThat(log().list(A, null, 10).await().deliveries()).isEmpty();
    assertThat(indexEntries()).isZero();
  }

  private long indexEntries() {
    return redis().run(commands -> commands.zcard(new Keys(namespace()).deliveries())).await();
  }

  private void madeLongAgo(Delivery delivery) {
    var keys = new Keys(namespace());
    String id = delivery.lease().delivery().value();
    String made = logged(delivery).createdAt().toEpochMilli() + ":" + id;
    redis()
        .run(
            commands ->
                commands.hset(
                    keys.delivery(delivery.lease().delivery()), "createdMillis", "1600000000000"))
        .await();
    redis()
        .run(commands -> commands.zrem(keys.deliveries(), "all:" + made, "of:" + A + ":" + made))
        .await();
    for (String index : List.of("all:", "of:" + A + ":")) {
      redis()
          .run(commands -> commands.zadd(keys.deliveries(), 0, index + "1600000000000:" + id))
          .await();
    }
  }
}
