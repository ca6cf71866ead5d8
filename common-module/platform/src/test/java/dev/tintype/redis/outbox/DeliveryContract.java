package dev.tintype.redis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.BatchRequest;
import dev.tintype.capture.JobWebhook;
import dev.tintype.capture.Metadata;
import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.outbox.Delivery;
import dev.tintype.outbox.DeliveryId;
import dev.tintype.outbox.LoggedDelivery;
import dev.tintype.outbox.LoggedDelivery.State;
import dev.tintype.outbox.Settlement.Retry;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.NewBatch;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.TenantPlan;
import dev.tintype.redis.job.RedisBatchStore;
import dev.tintype.redis.job.RedisJobQueue;
import dev.tintype.redis.job.RedisJobStore;
import dev.tintype.redis.stored.Keys;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import dev.tintype.webhook.Webhook;
import dev.tintype.webhook.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a delivery is made where a job or a batch ends, is tried, and comes to its end. */
interface DeliveryContract extends OutboxSteps {
  @Test
  default void aJobThatEndsCallsItsWebhookUnderAnIdOfItsOwn() {
    JobId job = jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/x"), "{\"order\":7}");

    Delivery delivery = claimOne();

    assertThat(delivery.lease().delivery().value()).isEqualTo("msg_" + job).doesNotContain(".");
    assertThat(delivery.type()).isEqualTo("screenshot.succeeded");
    assertThat(delivery.url()).isEqualTo("http://r.example/x");
    assertThat(delivery.tenant()).isEqualTo(A);
    assertThat(delivery.attempts()).isEqualTo(1);
    assertThat(delivery.body()).isNull();
    Job ended = Objects.requireNonNull(delivery.job());
    assertThat(ended.id()).isEqualTo(job);
    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(ended.result()).isEqualTo(Fixtures.aResult());
    assertThat(ended.metadata()).isEqualTo("{\"order\":7}");
  }

  @Test
  default void everyEndOfAJobCallsItsWebhook() {
    var store = new RedisJobStore(redis(), namespace(), 1_000);
    var queue = new RedisJobQueue(redis(), namespace(), Duration.ofMinutes(10), 100);
    var request =
        Fixtures.aRequest()
            .with(JobWebhook.URL, "http://r.example/")
            .with(Metadata.METADATA, "{\"order\":7}");
    NewJob done = Fixtures.aJobFor(request);
    NewJob failed = Fixtures.aJobFor(request);
    NewJob cancelled = Fixtures.aJobFor(request);
    NewJob deleted = Fixtures.aJobFor(request);
    store.submit(done).await();
    Assignment first = queue.claim(QueueAccess.WORKER, "1").await().orElseThrow();
    queue.complete(first.lease(), Fixtures.aResult()).await();
    store.submit(failed).await();
    Assignment second = queue.claim(QueueAccess.WORKER, "2").await().orElseThrow();
    var failure = new Failure(FailureCode.TIMEOUT, "60 s were not enough");
    queue.fail(second.lease(), failure, Optional.empty()).await();
    store.submit(cancelled).await();
    store.cancel(cancelled.id()).await();
    store.submit(deleted).await();
    store.delete(deleted.id()).await();

    List<Delivery> told = claim();

    assertThat(told)
        .extracting(delivery -> delivery.type() + " " + Objects.requireNonNull(delivery.job()).id())
        .containsExactlyInAnyOrder(
            "screenshot.succeeded " + done.id(),
            "screenshot.failed " + failed.id(),
            "screenshot.cancelled " + cancelled.id(),
            "screenshot.cancelled " + deleted.id());
    assertThat(told)
        .allMatch(
            delivery -> "{\"order\":7}".equals(Objects.requireNonNull(delivery.job()).metadata()))
        .allMatch(delivery -> Objects.requireNonNull(delivery.job()).finishedAt() != null)
        .anyMatch(delivery -> failure.equals(Objects.requireNonNull(delivery.job()).failure()));
  }

  @Test
  default void aJobWithoutAWebhookCallsNobody() {
    jobs().end(A, JobState.SUCCEEDED, null);

    assertThat(claim()).isEmpty();
  }

  @Test
  default void onlyTheEndsThatWereAskedForAreTold() {
    Webhook failures = new Webhook("http://r.example/", Set.of(WebhookEvent.FAILED), "default");
    jobs().end(A, JobState.SUCCEEDED, failures);
    jobs().end(A, JobState.FAILED, failures);

    assertThat(claim()).extracting(Delivery::type).containsExactly("screenshot.failed");
  }

  @Test
  default void everyEndpointOfTheTenantIsCalledAndNoOther() {
    endpoint(A, "ep_1", "http://one.example/");
    endpoint(A, "ep_2", "http://two.example/");
    endpoint(B, "ep_3", "http://three.example/");
    JobId job = jobs().end(A, JobState.FAILED, hook("http://own.example/"));

    assertThat(claim())
        .extracting(delivery -> delivery.lease().delivery().value() + " " + delivery.url())
        .containsExactlyInAnyOrder(
            "msg_" + job + " http://own.example/",
            "msg_" + job + "_ep_1 http://one.example/",
            "msg_" + job + "_ep_2 http://two.example/");
  }

  @Test
  default void theEndOfABatchIsToldOnceToItsWebhookAndToTheEndpointsThatAskForIt() {
    endpoint("ep_all", new Webhook("http://all.example/", Webhook.ALL_EVENTS, "default"));
    endpoint("ep_batch", new Webhook("http://b.example/", Set.of(WebhookEvent.BATCH), "default"));
    endpoint("ep_ok", new Webhook("http://ok.example/", Set.of(WebhookEvent.SUCCEEDED), "default"));
    var captures = List.of(Fixtures.aRequest(), Fixtures.aRequest());
    var batch =
        new NewBatch(
            BatchId.next(Instant.now(), new Random()),
            A,
            TenantPlan.DEFAULT,
            List.of(Fixtures.aJobId(), Fixtures.aJobId()),
            new BatchRequest(captures, hook("http://own.example/"), "{\"order\":7}"),
            null);
    var batches = new RedisBatchStore(redis(), namespace(), 100);
    batches.submit(batch).await();
    var store = new RedisJobStore(redis(), namespace(), 100);
    store.cancel(batch.jobs().get(0)).await();
    assertThat(claimAll("batch.finished")).isEmpty();

    store.cancel(batch.jobs().get(1)).await();

    List<Delivery> told = claimAll("batch.finished");
    assertThat(told)
        .extracting(Delivery::url)
        .containsExactlyInAnyOrder(
            "http://own.example/", "http://all.example/", "http://b.example/");
    assertThat(told)
        .extracting(each -> each.lease().delivery().value())
        .contains("msg_" + batch.id(), "msg_" + batch.id() + "_ep_all");
    Batch ended = Objects.requireNonNull(told.get(0).batch());
    assertThat(ended).isEqualTo(batches.find(batch.id()).await().orElseThrow());
    assertThat(ended.cancelled()).isEqualTo(2);
    assertThat(ended.metadata()).isEqualTo("{\"order\":7}");
    assertThat(log().find(A, told.get(0).lease().delivery()).await().map(LoggedDelivery::batch))
        .contains(batch.id().value());
  }

  private List<Delivery> claimAll(String type) {
    return claim().stream().filter(delivery -> delivery.type().equals(type)).toList();
  }

  @Test
  default void theBodyIsThatOfTheFirstWhoKeptOne() {
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery first = claimOne();

    assertThat(outbox().saveBody(first.lease(), "{\"ä\":1}").await()).contains("{\"ä\":1}");
    assertThat(outbox().saveBody(first.lease(), "other").await()).contains("{\"ä\":1}");
    settle(first, BROKEN, AT_ONCE);

    Delivery second = claimOne();
    assertThat(second.body()).isEqualTo("{\"ä\":1}");
    assertThat(second.job()).isNull();
    assertThat(outbox().saveBody(first.lease(), "other").await()).as("an old lease").isEmpty();
  }

  @Test
  default void whatWasDeliveredIsTriedNoMore() {
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery delivery = claimOne();

    assertThat(settle(delivery, FINE, DELIVERED)).isEqualTo(LeaseReply.OK);
    assertThat(settle(delivery, FINE, DELIVERED)).as("sent twice").isEqualTo(LeaseReply.OK);

    assertThat(claim()).isEmpty();
    assertThat(logged(delivery).state()).isEqualTo(State.DELIVERED);
    assertThat(logged(delivery).attempts()).hasSize(1);
    assertThat(logged(delivery).attempts().get(0).result()).isEqualTo(FINE);
  }

  @Test
  default void aTryThatFailedIsFollowedByAnotherInItsTime() {
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery first = claimOne();
    settle(first, BROKEN, new Retry(Duration.ofHours(1)));

    assertThat(claim()).isEmpty();
    assertThat(logged(first).state()).isEqualTo(State.PENDING);
    assertThat(logged(first).dueAt()).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
  }

  @Test
  default void aDelivererThatDiedLosesItsDeliveryAndSettlesNothing() {
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery lost = outbox(Duration.ofMillis(1), 10).claim("n", 10).await().get(0);

    Delivery again = claimOne();

    assertThat(again.lease().delivery()).isEqualTo(lost.lease().delivery());
    assertThat(again.lease().attempt()).isEqualTo(2);
    assertThat(settle(lost, FINE, DELIVERED)).isEqualTo(LeaseReply.LEASE_LOST);
    assertThat(logged(again).attempts())
        .extracting(each -> each.result().outcome())
        .contains("lost");
    assertThat(settle(again, FINE, DELIVERED)).isEqualTo(LeaseReply.OK);
  }

  @Test
  default void theSameClaimIsAnsweredWithTheSameDeliveries() {
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    List<Delivery> first = outbox().claim("nonce", 10).await();

    assertThat(outbox().claim("nonce", 10).await()).isEqualTo(first).hasSize(1);
    assertThat(claim()).isEmpty();
  }

  @Test
  default void oneThatCannotBeReadHoldsUpNoOther() {
    JobId broken = jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    String key = new Keys(namespace()).delivery(new DeliveryId("msg_" + broken));
    redis().run(commands -> commands.hset(key, "snapshot", "[\"state\",\"unheard_of\"]")).await();

    assertThat(claim()).hasSize(1);
  }

  @Test
  default void aDeliveryWhoseTriesNeverEndIsGivenUpAtLast() {
    jobs().end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery lost = outbox(Duration.ofMillis(1), 10).claim("n", 10).await().get(0);
    String key = new Keys(namespace()).delivery(lost.lease().delivery());
    redis().run(commands -> commands.hset(key, "tries", "50")).await();
    aMillisecondLater();

    assertThat(claim()).isEmpty();

    assertThat(logged(lost).state()).isEqualTo(State.GIVEN_UP);
    assertThat(logged(lost).attempts())
        .extracting(each -> each.result().outcome())
        .containsExactly("lost", "too_many_attempts");
  }
}
