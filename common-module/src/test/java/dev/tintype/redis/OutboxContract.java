package dev.tintype.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Batch;
import dev.tintype.job.BatchId;
import dev.tintype.job.BatchRequest;
import dev.tintype.job.CaptureRequest;
import dev.tintype.job.Failure;
import dev.tintype.job.FailureCode;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Schedule;
import dev.tintype.job.Tenant;
import dev.tintype.job.Webhook;
import dev.tintype.job.WebhookEvent;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.Delivery;
import dev.tintype.queue.DeliveryId;
import dev.tintype.queue.DeliveryTry;
import dev.tintype.queue.LeaseReply;
import dev.tintype.queue.LoggedDelivery;
import dev.tintype.queue.LoggedDelivery.State;
import dev.tintype.queue.NewBatch;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.Settlement;
import dev.tintype.queue.Settlement.Again;
import dev.tintype.queue.Settlement.Delivered;
import dev.tintype.queue.Settlement.GivenUp;
import dev.tintype.queue.Settlement.Health;
import dev.tintype.queue.Settlement.ReceiverState;
import dev.tintype.queue.TenantPlan;
import dev.tintype.queue.WebhookEndpoint;
import dev.tintype.queue.WebhookSettings.SaveReply;
import dev.tintype.redis.RedisConnections.Patience;
import dev.tintype.redis.RedisWebhookOutbox.Limits;
import dev.tintype.testing.Fixtures;
import dev.tintype.testing.QueueAccess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the outbox promises to deliverers, over one Redis, which a subclass chooses. */
abstract class OutboxContract {
  private static final Tenant A = new Tenant("a");
  private static final Tenant B = new Tenant("b");
  private static final DeliveryTry FINE = new DeliveryTry("delivered", "", 200, null, "ok");
  private static final DeliveryTry BROKEN = new DeliveryTry("status", "it says 500", 500, null, "");
  private static final Settlement DELIVERED = new Delivered();
  private static final Settlement AT_ONCE = new Again(Duration.ZERO);
  private static final Settlement GIVEN_UP = new GivenUp(false);

  private final Vertx vertx = Vertx.vertx();
  private final String namespace = Fixtures.aNamespace();
  private RedisConnections redis;
  private EndedJobs jobs;
  private RedisWebhookOutbox outbox;
  private RedisWebhookSettings settings;
  private RedisDeliveryLog log;

  abstract String uri();

  @BeforeEach
  void connect() {
    redis = RedisConnections.connect(vertx, uri(), Patience.FAIL_FAST).await();
    jobs = new EndedJobs(redis, namespace);
    outbox = outbox(Duration.ofMinutes(10), 10);
    settings = new RedisWebhookSettings(redis, namespace);
    log = new RedisDeliveryLog(redis, namespace);
  }

  @AfterEach
  void close() {
    redis.close().await();
    vertx.close().await();
  }

  private RedisWebhookOutbox outbox(Duration lease, int atOnce) {
    return outbox(lease, atOnce, Duration.ofDays(7), 1_000);
  }

  private RedisWebhookOutbox outbox(Duration lease, int atOnce, Duration age, long count) {
    return new RedisWebhookOutbox(
        redis,
        namespace,
        new Limits(lease, atOnce, 100, 3, Duration.ofMillis(1), Duration.ofMillis(4), age, count));
  }

  @Test
  void aJobThatEndsCallsItsWebhookUnderAnIdOfItsOwn() {
    JobId job = jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/x"), "{\"order\":7}");

    Delivery delivery = claimOne();

    assertThat(delivery.lease().delivery().value()).isEqualTo("msg_" + job).doesNotContain(".");
    assertThat(delivery.type()).isEqualTo("screenshot.succeeded");
    assertThat(delivery.url()).isEqualTo("http://r.example/x");
    assertThat(delivery.tenant()).isEqualTo(A);
    assertThat(delivery.tries()).isEqualTo(1);
    assertThat(delivery.body()).isNull();
    Job ended = Objects.requireNonNull(delivery.job());
    assertThat(ended.id()).isEqualTo(job);
    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(ended.result()).isEqualTo(Fixtures.aResult());
    assertThat(ended.metadata()).isEqualTo("{\"order\":7}");
  }

  @Test
  void everyEndOfAJobCallsItsWebhook() {
    var store = new RedisJobStore(redis, namespace, 1_000);
    var queue = new RedisJobQueue(redis, namespace, Duration.ofMinutes(10), 100);
    var request =
        new CaptureRequest(
            Fixtures.aCaptureOf("https://example.com/"),
            Schedule.AT_ONCE,
            null,
            hook("http://r.example/"),
            "{\"order\":7}");
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
    store.forget(deleted.id()).await();

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
  void aJobWithoutAWebhookCallsNobody() {
    jobs.end(A, JobState.SUCCEEDED, null);

    assertThat(claim()).isEmpty();
  }

  @Test
  void onlyTheEndsThatWereAskedForAreTold() {
    Webhook failures = new Webhook("http://r.example/", Set.of(WebhookEvent.FAILED), "default");
    jobs.end(A, JobState.SUCCEEDED, failures);
    jobs.end(A, JobState.FAILED, failures);

    assertThat(claim()).extracting(Delivery::type).containsExactly("screenshot.failed");
  }

  @Test
  void everyEndpointOfTheTenantIsCalledAndNoOther() {
    endpoint(A, "ep_1", "http://one.example/");
    endpoint(A, "ep_2", "http://two.example/");
    endpoint(B, "ep_3", "http://three.example/");
    JobId job = jobs.end(A, JobState.FAILED, hook("http://own.example/"));

    assertThat(claim())
        .extracting(delivery -> delivery.lease().delivery().value() + " " + delivery.url())
        .containsExactlyInAnyOrder(
            "msg_" + job + " http://own.example/",
            "msg_" + job + "_ep_1 http://one.example/",
            "msg_" + job + "_ep_2 http://two.example/");
  }

  @Test
  void theBodyIsThatOfTheFirstWhoKeptOne() {
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery first = claimOne();

    assertThat(outbox.keepBody(first.lease(), "{\"ä\":1}").await()).contains("{\"ä\":1}");
    assertThat(outbox.keepBody(first.lease(), "other").await()).contains("{\"ä\":1}");
    settle(first, BROKEN, AT_ONCE);

    Delivery second = claimOne();
    assertThat(second.body()).isEqualTo("{\"ä\":1}");
    assertThat(second.job()).isNull();
    assertThat(outbox.keepBody(first.lease(), "other").await()).as("an old lease").isEmpty();
  }

  @Test
  void whatWasDeliveredIsTriedNoMore() {
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery delivery = claimOne();

    assertThat(settle(delivery, FINE, DELIVERED)).isEqualTo(LeaseReply.OK);
    assertThat(settle(delivery, FINE, DELIVERED)).as("sent twice").isEqualTo(LeaseReply.OK);

    assertThat(claim()).isEmpty();
    assertThat(logged(delivery).state()).isEqualTo(State.DELIVERED);
    assertThat(logged(delivery).tries()).hasSize(1);
    assertThat(logged(delivery).tries().get(0).how()).isEqualTo(FINE);
  }

  @Test
  void aTryThatFailedIsFollowedByAnotherInItsTime() {
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery first = claimOne();
    settle(first, BROKEN, new Again(Duration.ofHours(1)));

    assertThat(claim()).isEmpty();
    assertThat(logged(first).state()).isEqualTo(State.PENDING);
    assertThat(logged(first).dueAt()).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
  }

  @Test
  void aDelivererThatDiedLosesItsDeliveryAndSettlesNothing() {
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery lost = outbox(Duration.ofMillis(1), 10).claim("n", 10).await().get(0);

    Delivery again = claimOne();

    assertThat(again.lease().delivery()).isEqualTo(lost.lease().delivery());
    assertThat(again.lease().attempt()).isEqualTo(2);
    assertThat(settle(lost, FINE, DELIVERED)).isEqualTo(LeaseReply.LEASE_LOST);
    assertThat(logged(again).tries()).extracting(each -> each.how().outcome()).contains("lost");
    assertThat(settle(again, FINE, DELIVERED)).isEqualTo(LeaseReply.OK);
  }

  @Test
  void theSameClaimIsAnsweredWithTheSameDeliveries() {
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    List<Delivery> first = outbox.claim("nonce", 10).await();

    assertThat(outbox.claim("nonce", 10).await()).isEqualTo(first).hasSize(1);
    assertThat(claim()).isEmpty();
  }

  @Test
  void aReceiverGetsAFewAtOnceAndTheOthersAreNotHeldUp() {
    for (int i = 0; i < 30; i++) {
      jobs.end(A, JobState.SUCCEEDED, hook("http://slow.example/"));
    }
    jobs.end(A, JobState.SUCCEEDED, hook("http://fast.example/"));
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
  void aTenantDoesNotWaitBehindAnothersDeliveriesToTheSameReceiver() {
    for (int i = 0; i < 5; i++) {
      jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    }
    jobs.end(B, JobState.SUCCEEDED, hook("http://r.example/"));

    assertThat(outbox(Duration.ofMinutes(1), 1).claim("1", 100).await())
        .extracting(Delivery::tenant)
        .containsExactlyInAnyOrder(A, B);
  }

  @Test
  void aTenantWithManyReceiversLeavesRoomForTheOthers() {
    for (int i = 0; i < 130; i++) {
      jobs.end(A, JobState.SUCCEEDED, hook("http://r" + i + ".example/"));
    }
    List<Delivery> first = outbox.claim("1", 200).await();
    assertThat(first).hasSize(100);
    jobs.end(B, JobState.SUCCEEDED, hook("http://r.example/"));

    assertThat(untilClaimed()).extracting(Delivery::tenant).containsExactly(B);

    first.forEach(delivery -> settle(delivery, FINE, DELIVERED));
    assertThat(untilClaimed()).extracting(Delivery::tenant).containsOnly(A);
  }

  @Test
  void aReceiverAtFaultIsLetRestThenProbedByOneAndGivenEverythingWhenItIsBack() {
    for (int i = 0; i < 6; i++) {
      jobs.end(A, JobState.SUCCEEDED, hook("http://down.example/"));
    }
    List<Delivery> claimed = outbox.claim("1", 3).await();
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
  void aReceiverIsNotProbedByADeliveryThatIsSentNoMore() {
    for (int i = 0; i < 3; i++) {
      jobs.end(A, JobState.SUCCEEDED, hook("http://down.example/"));
    }
    claim().forEach(delivery -> settleAtFault(delivery, Duration.ofHours(1)));
    endpoint(A, "ep_1", "http://down.example/");
    jobs.end(A, JobState.SUCCEEDED, null);
    settings.delete(A, "ep_1").await();
    aMillisecondLater();
    JobId next = jobs.end(A, JobState.SUCCEEDED, hook("http://down.example/"));

    assertThat(claimOne().lease().delivery().value()).isEqualTo("msg_" + next);
  }

  @Test
  void aReceiverThatAsksForAPauseIsLeftAlone() {
    jobs.end(A, JobState.SUCCEEDED, hook("http://busy.example/"));
    jobs.end(A, JobState.SUCCEEDED, hook("http://busy.example/"));
    Delivery first = outbox.claim("1", 1).await().get(0);

    outbox
        .settle(
            first.lease(), BROKEN, AT_ONCE, new ReceiverState(Health.AT_FAULT, Duration.ofHours(1)))
        .await();

    assertThat(claim()).isEmpty();
  }

  @Test
  void anEndpointThatWantsNoMoreIsDisabledAndWhatWasDueToItIsGivenUp() {
    endpoint(A, "ep_1", "http://gone.example/");
    jobs.end(A, JobState.SUCCEEDED, null);
    jobs.end(A, JobState.SUCCEEDED, null);
    Delivery first = outbox.claim("1", 1).await().get(0);

    outbox.settle(first.lease(), BROKEN, new GivenUp(true), ReceiverState.WELL).await();
    jobs.end(A, JobState.SUCCEEDED, null);

    assertThat(settings.endpoints(A).await().get(0).disabledAt()).isNotNull();
    assertThat(claim()).isEmpty();
    List<LoggedDelivery> all = log.newest(A, null, 10).await().deliveries();
    assertThat(all).as("none for the job that ended after it").hasSize(2);
    LoggedDelivery other =
        all.stream().filter(d -> !d.id().equals(first.lease().delivery())).findFirst().get();
    assertThat(other.state()).isEqualTo(State.GIVEN_UP);
    assertThat(other.tries().get(0).how().outcome()).isEqualTo("disabled");
  }

  @Test
  void anEndpointThatWasDeletedIsCalledNoMore() {
    endpoint(A, "ep_1", "http://r.example/");
    jobs.end(A, JobState.SUCCEEDED, null);

    assertThat(settings.delete(A, "ep_1").await()).isTrue();

    assertThat(claim()).isEmpty();
    assertThat(settings.delete(A, "ep_1").await()).isFalse();
    assertThat(settings.secret(A, "ep_1").await()).isEmpty();
  }

  @Test
  void aDeliveryThatBeginsAnewHasItsIdItsBodyAndTheAddressOfItsEndpointOfNow() {
    endpoint(A, "ep_1", "http://old.example/");
    jobs.end(A, JobState.SUCCEEDED, null);
    Delivery first = claimOne();
    outbox.keepBody(first.lease(), "body").await();
    settle(first, BROKEN, GIVEN_UP);
    endpoint(A, "ep_1", "http://new.example/");

    assertThat(log.redeliver(B, first.lease().delivery()).await()).as("not b's").isFalse();
    assertThat(log.redeliver(A, first.lease().delivery()).await()).isTrue();

    Delivery second = claimOne();
    assertThat(second.lease().delivery()).isEqualTo(first.lease().delivery());
    assertThat(second.body()).isEqualTo("body");
    assertThat(second.url()).isEqualTo("http://new.example/");
    assertThat(second.tries()).isEqualTo(1);
    settle(second, FINE, DELIVERED);
    assertThat(logged(second).tries()).hasSize(2);
  }

  @Test
  void allThatWereGivenUpSinceAMomentBeginAnew() {
    List<Delivery> first = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      jobs.end(A, JobState.FAILED, hook("http://r" + i + ".example/"));
    }
    while (first.size() < 250) {
      List<Delivery> some = untilClaimed();
      some.forEach(delivery -> settle(delivery, BROKEN, GIVEN_UP));
      first.addAll(some);
    }
    log.redeliver(A, first.get(0).lease().delivery()).await();
    settle(claimOne(), FINE, DELIVERED);

    assertThat(log.redeliverSince(A, Instant.now().plusSeconds(60)).await()).isZero();
    assertThat(log.redeliverSince(B, Instant.EPOCH).await()).isZero();
    assertThat(log.redeliverSince(A, Instant.parse("2300-01-01T00:00:00Z")).await()).isZero();
    assertThat(log.redeliverSince(A, Instant.parse("2000-01-01T00:00:00Z")).await()).isEqualTo(249);
    assertThat(claim()).as("the lane of the first is looked into, too").hasSizeBetween(99, 100);
  }

  @Test
  void aSecretThatRotatesSignsWithBothKeysForAWhile() {
    assertThat(settings.secretOr(A, "default", "whsec_1").await().get().secret().key())
        .isEqualTo("whsec_1");
    assertThat(settings.secretOr(A, "default", "whsec_x").await().get().secret().key())
        .isEqualTo("whsec_1");
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery delivery = claimOne();
    assertThat(delivery.keys()).containsExactly("whsec_1");

    var rotated = settings.rotate(A, "default", "whsec_2", Duration.ofHours(1)).await().get();
    settings.rotate(A, "default", "whsec_2", Duration.ofHours(1)).await();
    assertThat(rotated.key()).isEqualTo("whsec_2");
    assertThat(rotated.older()).extracting(older -> older.key()).containsExactly("whsec_1");
    settle(delivery, BROKEN, AT_ONCE);
    delivery = claimOne();
    assertThat(delivery.keys()).containsExactly("whsec_2", "whsec_1");

    settings.rotate(A, "default", "whsec_3", Duration.ZERO).await();
    settle(delivery, BROKEN, AT_ONCE);
    assertThat(claimOne().keys()).containsExactly("whsec_3", "whsec_1");
    assertThat(settings.rotate(B, "default", "whsec_2", Duration.ZERO).await()).isEmpty();
  }

  @Test
  void fiveKeysSignAtOnceAndTheOldestGoes() {
    settings.secretOr(A, "default", "whsec_1").await();
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));

    for (int i = 2; i <= 7; i++) {
      settings.rotate(A, "default", "whsec_" + i, Duration.ofHours(1)).await();
    }

    assertThat(claimOne().keys())
        .containsExactly("whsec_7", "whsec_6", "whsec_5", "whsec_4", "whsec_3");
    assertThat(settings.secret(A, "default").await().orElseThrow().older()).hasSize(4);
  }

  @Test
  void aSecretThatIsDeletedWhileItIsAskedForIsMadeAnew() {
    List<Future<?>> steps = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      steps.add(saved(A, "ep_1", "http://r.example/"));
      steps.add(settings.secretOr(A, "ep_1", "whsec_1"));
      steps.add(settings.secretOr(A, "ep_1", "whsec_1"));
      steps.add(settings.delete(A, "ep_1"));
    }

    Future.join(steps).await();

    assertThat(settings.secretOr(A, "ep_1", "whsec_1").await().orElseThrow().secret().key())
        .isEqualTo("whsec_1");
  }

  @Test
  void whatIsNoEndpointTakesNoSecretOfItsNameAlong() {
    settings.secretOr(A, "mine", "whsec_1").await();

    assertThat(settings.delete(A, "mine").await()).isFalse();

    assertThat(settings.secret(A, "mine").await()).isPresent();
  }

  @Test
  void receiversAtAddressesOfIPv6HaveLanesOfTheirOwn() {
    var narrow = outbox(Duration.ofMinutes(1), 1);
    for (String receiver : List.of("[2001:db8::1]", "[2001:db8::2]", "[2001:db8::1]:8080")) {
      jobs.end(A, JobState.SUCCEEDED, hook("http://" + receiver + "/first"));
      jobs.end(A, JobState.SUCCEEDED, hook("http://" + receiver + "/second"));
    }

    List<Delivery> first = narrow.claim("1", 100).await();
    assertThat(first).hasSize(3);
    first.forEach(delivery -> settle(delivery, FINE, DELIVERED));
    List<Delivery> second = narrow.claim("2", 100).await();

    assertThat(Stream.of(first, second).flatMap(List::stream).map(Delivery::url))
        .doesNotHaveDuplicates()
        .hasSize(6);
    second.forEach(delivery -> settle(delivery, FINE, DELIVERED));
    assertThat(log.newest(A, null, 10).await().deliveries())
        .extracting(LoggedDelivery::state)
        .containsOnly(State.DELIVERED);
  }

  @Test
  void theLogIsReadPageByPageFromTheNewest() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(0, "msg_" + jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/")));
      aMillisecondLater();
    }
    jobs.end(B, JobState.SUCCEEDED, hook("http://r.example/"));

    var first = log.newest(A, null, 3).await();
    var second = log.newest(A, first.cursor(), 3).await();

    assertThat(first.deliveries()).extracting(d -> d.id().value()).isEqualTo(ids.subList(0, 3));
    assertThat(second.deliveries()).extracting(d -> d.id().value()).isEqualTo(ids.subList(3, 5));
    assertThat(second.cursor()).isNull();
    JobId job = new JobId(ids.get(4).substring(4));
    assertThat(log.ofJob(job).await()).extracting(d -> d.id().value()).containsExactly(ids.get(4));
    assertThat(log.find(B, new DeliveryId(ids.get(4))).await()).isEmpty();
  }

  @Test
  void aTestGoesToAnEndpointOfTheTenantAlone() {
    endpoint(A, "ep_1", "http://r.example/");

    assertThat(log.test(B, "ep_1", new DeliveryId("msg_1")).await()).isFalse();
    assertThat(log.test(A, "ep_1", new DeliveryId("msg_1")).await()).isTrue();

    assertThat(claimOne().type()).isEqualTo("webhook.test");
  }

  @Test
  void oneThatCannotBeReadHoldsUpNoOther() {
    JobId broken = jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    String key = new Keys(namespace).delivery(new DeliveryId("msg_" + broken));
    redis.run(commands -> commands.hset(key, "snapshot", "[\"state\",\"unheard_of\"]")).await();

    assertThat(claim()).hasSize(1);
  }

  @Test
  void theEndOfABatchIsToldOnceToItsWebhookAndToTheEndpointsThatAskForIt() {
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
    var batches = new RedisBatchStore(redis, namespace, 100);
    batches.submit(batch).await();
    var store = new RedisJobStore(redis, namespace, 100);
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
    assertThat(log.find(A, told.get(0).lease().delivery()).await().map(LoggedDelivery::batch))
        .contains(batch.id().value());
  }

  private List<Delivery> claimAll(String type) {
    return claim().stream().filter(delivery -> delivery.type().equals(type)).toList();
  }

  @Test
  void whatHasEndedIsKeptUpToItsNumberAndItsAge() {
    for (int i = 0; i < 4; i++) {
      jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    }
    List<Delivery> claimed = claim();
    claimed.subList(0, 3).forEach(delivery -> settle(delivery, FINE, DELIVERED));

    assertThat(outbox(Duration.ofMinutes(1), 1, Duration.ofDays(1), 1).trim(100).await())
        .isEqualTo(2);
    assertThat(log.newest(A, null, 10).await().deliveries()).hasSize(2);

    settle(claimed.get(3), FINE, DELIVERED);
    aMillisecondLater();
    assertThat(outbox(Duration.ofMinutes(1), 1, Duration.ofMillis(1), 9).trim(100).await())
        .isPositive();
    assertThat(claim()).isEmpty();
    assertThat(indexEntries()).isZero();
  }

  @Test
  void aTestThatIsForgottenLeavesNothingBehind() {
    endpoint(A, "ep_1", "http://r.example/");
    log.test(A, "ep_1", new DeliveryId("msg_1")).await();
    settle(claimOne(), FINE, DELIVERED);

    assertThat(outbox(Duration.ofMinutes(1), 1, Duration.ofDays(1), 0).trim(100).await()).isOne();

    assertThat(log.newest(A, null, 10).await().deliveries()).isEmpty();
    assertThat(indexEntries()).isZero();
  }

  @Test
  void anAddressThatIsGoneDoesNotDisableTheOneThatTookItsPlace() {
    endpoint(A, "ep_1", "http://old.example/");
    jobs.end(A, JobState.SUCCEEDED, null);
    Delivery first = claimOne();
    endpoint(A, "ep_1", "http://new.example/");

    outbox.settle(first.lease(), BROKEN, new GivenUp(true), ReceiverState.WELL).await();

    assertThat(settings.endpoints(A).await().get(0).disabledAt()).isNull();
    assertThat(logged(first).state()).isEqualTo(State.GIVEN_UP);
  }

  @Test
  void aPauseThatWasAskedForOutlivesAnAnswerThatWasOnItsWay() {
    for (int i = 0; i < 3; i++) {
      jobs.end(A, JobState.SUCCEEDED, hook("http://busy.example/"));
    }
    List<Delivery> claimed = outbox.claim("1", 2).await();

    outbox
        .settle(
            claimed.get(0).lease(),
            BROKEN,
            AT_ONCE,
            new ReceiverState(Health.AT_FAULT, Duration.ofHours(1)))
        .await();
    settle(claimed.get(1), FINE, DELIVERED);

    assertThat(claim()).isEmpty();
  }

  @Test
  void aDeliveryThatIsTooOldIsGivenUpWithALineInItsLogAndForgottenLater() {
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery underWay = outbox.claim("1", 1).await().get(0);
    aMillisecondLater();
    RedisWebhookOutbox impatient = outbox(Duration.ofMinutes(1), 1, Duration.ofMillis(1), 1_000);

    assertThat(impatient.trim(100).await()).isOne();

    LoggedDelivery old =
        log.newest(A, null, 10).await().deliveries().stream()
            .filter(each -> !each.id().equals(underWay.lease().delivery()))
            .findFirst()
            .orElseThrow();
    assertThat(old.state()).isEqualTo(State.GIVEN_UP);
    assertThat(old.tries()).extracting(each -> each.how().outcome()).containsExactly("too_old");
    assertThat(logged(underWay).state()).as("its try may succeed").isEqualTo(State.SENDING);
    assertThat(claim()).isEmpty();

    settle(underWay, FINE, DELIVERED);
    aMillisecondLater();
    impatient.trim(100).await();
    assertThat(log.newest(A, null, 10).await().deliveries()).isEmpty();
    assertThat(indexEntries()).isZero();
  }

  @Test
  void oneThatBeginsAnewIsAsYoungAsANewOne() {
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery first = claimOne();
    settle(first, BROKEN, GIVEN_UP);
    madeLongAgo(first);

    log.redeliver(A, first.lease().delivery()).await();

    outbox(Duration.ofMinutes(1), 1, Duration.ofDays(1), 1_000).trim(100).await();
    settle(claimOne(), FINE, DELIVERED);
    outbox(Duration.ofMinutes(1), 1, Duration.ofDays(1), 0).trim(100).await();
    assertThat(log.find(A, first.lease().delivery()).await()).isEmpty();
  }

  @Test
  void aDeliveryWhoseTriesNeverEndIsGivenUpAtLast() {
    jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    Delivery lost = outbox(Duration.ofMillis(1), 10).claim("n", 10).await().get(0);
    String key = new Keys(namespace).delivery(lost.lease().delivery());
    redis.run(commands -> commands.hset(key, "tries", "50")).await();
    aMillisecondLater();

    assertThat(claim()).isEmpty();

    assertThat(logged(lost).state()).isEqualTo(State.GIVEN_UP);
    assertThat(logged(lost).tries())
        .extracting(each -> each.how().outcome())
        .containsExactly("lost", "too_many_tries");
  }

  @Test
  void whatIsPendingGoesToTheAddressThatItsEndpointHasNow() {
    endpoint(A, "ep_1", "http://mistyped.example/");
    jobs.end(A, JobState.SUCCEEDED, null);
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
  void aReplacementThatComesAfterTheDeletionBringsNoEndpointBack() {
    endpoint(A, "ep_1", "http://r.example/");
    WebhookEndpoint known = settings.endpoints(A).await().get(0);
    settings.delete(A, "ep_1").await();

    assertThat(settings.replace(A, known).await()).isEqualTo(SaveReply.UNKNOWN);

    assertThat(settings.endpoints(A).await()).isEmpty();
  }

  @Test
  void anEndpointWithoutItsSecretIsNotSaved() {
    endpoint(A, "ep_1", "http://r.example/");
    var unsigned = new Webhook("http://r.example/", Webhook.ALL_EVENTS, "none");
    var endpoint = new WebhookEndpoint("ep_1", unsigned, Instant.EPOCH, null);

    assertThat(settings.replace(A, endpoint).await()).isEqualTo(SaveReply.NO_SECRET);
    assertThat(settings.create(A, endpoint, null).await()).isEqualTo(SaveReply.NO_SECRET);

    assertThat(settings.endpoints(A).await().get(0).webhook().secret()).isEqualTo("ep_1");
  }

  @Test
  void whatWentWrongOnThisSideLetsNoReceiverRest() {
    for (int i = 0; i < 6; i++) {
      jobs.end(A, JobState.SUCCEEDED, hook("http://r.example/"));
    }
    outbox.claim("1", 3).await().forEach(each -> settleUnknown(each, Duration.ofHours(1)));

    assertThat(claim()).hasSize(3);
  }

  @Test
  void aProbeThatTellsNothingOfTheReceiverIsFollowedByAnother() {
    for (int i = 0; i < 6; i++) {
      jobs.end(A, JobState.SUCCEEDED, hook("http://down.example/"));
    }
    outbox.claim("1", 3).await().forEach(each -> settleAtFault(each, Duration.ofHours(1)));
    settleUnknown(claimOne(), Duration.ofHours(1));

    assertThat(claim()).as("one, and at once").hasSize(1);
  }

  private void settleUnknown(Delivery delivery, Duration after) {
    outbox.settle(delivery.lease(), BROKEN, new Again(after), ReceiverState.UNKNOWN).await();
  }

  private long indexEntries() {
    return redis.run(commands -> commands.zcard(new Keys(namespace).deliveries())).await();
  }

  private void madeLongAgo(Delivery delivery) {
    var keys = new Keys(namespace);
    String id = delivery.lease().delivery().value();
    String made = logged(delivery).createdAt().toEpochMilli() + ":" + id;
    redis
        .run(
            commands ->
                commands.hset(
                    keys.delivery(delivery.lease().delivery()), "createdMillis", "1600000000000"))
        .await();
    redis
        .run(commands -> commands.zrem(keys.deliveries(), "all:" + made, "of:" + A + ":" + made))
        .await();
    for (String index : List.of("all:", "of:" + A + ":")) {
      redis
          .run(commands -> commands.zadd(keys.deliveries(), 0, index + "1600000000000:" + id))
          .await();
    }
  }

  private void settleAtFault(Delivery delivery, Duration after) {
    outbox.settle(delivery.lease(), BROKEN, new Again(after), ReceiverState.AT_FAULT).await();
  }

  private LeaseReply settle(Delivery delivery, DeliveryTry how, Settlement settlement) {
    return outbox.settle(delivery.lease(), how, settlement, ReceiverState.WELL).await();
  }

  private LoggedDelivery logged(Delivery delivery) {
    return log.find(delivery.tenant(), delivery.lease().delivery()).await().orElseThrow();
  }

  private void endpoint(Tenant tenant, String id, String url) {
    saved(tenant, id, url).await();
  }

  private Future<SaveReply> saved(Tenant tenant, String id, String url) {
    var webhook = new Webhook(url, Webhook.ALL_EVENTS, id);
    return settings.create(
        tenant, new WebhookEndpoint(id, webhook, Instant.EPOCH, null), "whsec_" + id);
  }

  private void endpoint(String id, Webhook webhook) {
    var endpoint = new WebhookEndpoint(id, webhook, Instant.EPOCH, null);
    settings.create(A, endpoint, "whsec_" + id).await();
  }

  private static Webhook hook(String url) {
    return new Webhook(url, Webhook.ALL_EVENTS, Webhook.DEFAULT_SECRET);
  }

  private List<Delivery> claim() {
    return outbox.claim(QueueAccess.nonce(), 100).await();
  }

  private Delivery claimOne() {
    List<Delivery> claimed = untilClaimed();
    assertThat(claimed).hasSize(1);
    return claimed.get(0);
  }

  private List<Delivery> untilClaimed() {
    return QueueAccess.untilAny(this::claim);
  }

  private void aMillisecondLater() {
    Instant begin = Instant.now();
    QueueAccess.untilAny(
        () -> {
          redis.run(commands -> commands.time()).await();
          return Instant.now().isAfter(begin.plusMillis(2)) ? List.of(1) : List.<Integer>of();
        });
  }
}
