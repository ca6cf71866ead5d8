package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJobOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.job.TimelineEntry;
import dev.tintype.job.TimelineEntry.Event;
import dev.tintype.queue.BatchStore;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobList;
import dev.tintype.queue.JobList.Filter;
import dev.tintype.queue.NewBatch;
import dev.tintype.queue.TenantEvents;
import dev.tintype.queue.TenantEvents.Page;
import dev.tintype.queue.TenantEvents.TenantEvent;
import dev.tintype.queue.TenantPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What those are told who follow all jobs of a tenant. */
public interface TenantEventsContract extends QueueSteps {
  int PAGE = 100;
  Duration MOMENT = Duration.ofMillis(20);

  TenantEvents tenantEvents();

  /** The same events, written down for so long after each look. */
  TenantEvents tenantEventsFor(Duration followed);

  JobEvents events();

  JobList list();

  BatchStore batchesFor(int maxWaiting);

  @Test
  default void whoFollowsIsToldEveryEventOfEveryJobAsItsTimelineHasIt() {
    String start = end(A);

    succeeded(aJobOf(A), 3);
    submit(aJobOf(A));
    fail(claim());
    submit(aJobOf(A));
    retry(claim(), Duration.ofMillis(1));
    complete(claimSoon());
    submit(aJobOf(A));
    queue().release(claim().lease()).await();
    complete(claim());
    submit(aJobOf(A));
    loseAClaim();
    loseAClaim();
    store().cancel(submit(aJobOf(A))).await();
    submit(aJobOf(A));
    store().cancel(claimedJob()).await();
    submit(
        Fixtures.aJobFor(
            A, TenantPlan.DEFAULT, Fixtures.aRequest(QueueSteps.schedule(FUTURE, null, null))));
    submit(
        Fixtures.aJobFor(
            A,
            TenantPlan.DEFAULT,
            Fixtures.aRequest(QueueSteps.schedule(null, null, Duration.ofMillis(1)))));
    expiredSoon();

    Map<JobId, List<String>> told =
        after(A, start).stream()
            .collect(
                Collectors.groupingBy(
                    TenantEvent::job,
                    Collectors.mapping(TenantEventsContract::words, Collectors.toList())));
    List<JobId> jobs =
        list().list(A, new Filter(null, null, null, null, null, PAGE)).await().jobs().stream()
            .map(Job::id)
            .toList();
    assertThat(jobs).hasSize(9);
    assertThat(told)
        .isEqualTo(jobs.stream().collect(Collectors.toMap(Function.identity(), this::timeline)));
    // Only what a newer build has stored is postponed: NewerCaptureTest.
    assertThat(after(A, start))
        .extracting(TenantEvent::event)
        .containsAll(EnumSet.complementOf(EnumSet.of(Event.POSTPONED)));
  }

  @Test
  default void eventsAreToldInTheirOrderPageByPageAndEachOnce() {
    String start = end(A);
    List<JobId> jobs = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      jobs.add(submit(aJobOf(A)));
    }

    List<JobId> told = new ArrayList<>();
    String last = start;
    Page page;
    do {
      page = tenantEvents().follow(A, last, 3).await();
      page.events().forEach(event -> told.add(event.job()));
      assertThat(page.hasGaps()).isFalse();
      last = page.lastId();
    } while (!page.events().isEmpty());

    assertThat(told).containsExactlyElementsOf(jobs);
  }

  @Test
  default void whatHappenedBeforeAnybodyFollowedIsNotTold() {
    submit(aJobOf(A));
    String start = end(A);
    claim();

    assertThat(after(A, start)).extracting(TenantEvent::event).containsExactly(Event.STARTED);
  }

  @Test
  default void whoComesLaterIsToldWhatHappensFromThenOn() {
    end(A);
    submit(aJobOf(A));
    String start = end(A);
    claim();

    assertThat(after(A, start)).extracting(TenantEvent::event).containsExactly(Event.STARTED);
  }

  @Test
  default void aBatchIsToldJobByJob() {
    String start = end(A);
    NewBatch batch = BatchContract.aBatch(3);

    batchesFor(3).submit(batch).await();

    assertThat(after(A, start))
        .allMatch(event -> event.event() == Event.QUEUED)
        .extracting(TenantEvent::job)
        .isEqualTo(batch.jobs());
  }

  @Test
  default void jobsOfOthersAreNotTold() {
    String start = end(A);
    submit(aJobOf(B));

    assertThat(after(A, start)).isEmpty();
  }

  @Test
  default void aTenantOfWhichNothingIsLeftIsStillFollowed() {
    String start = end(A);
    JobId first = submit(aJobOf(A));
    store().delete(first).await();

    JobId second = submit(aJobOf(A));

    assertThat(after(A, start)).extracting(TenantEvent::job).containsExactly(first, first, second);
  }

  @Test
  default void whatHappensIsWrittenDownForTheWholeTimeAfterTheLastLook() {
    Duration promised = Duration.ofSeconds(2);
    TenantEvents brief = tenantEventsFor(promised);
    String start;
    JobId id;
    Instant lastLook;
    do { // again if the machine stalled for the rest of the time
      start = brief.follow(A, null, PAGE).await().lastId();
      letPass(Duration.ofMillis(900));
      lastLook = Instant.now();
      brief.follow(A, start, PAGE).await();
      letPass(Duration.ofMillis(1_500));
      id = submit(aJobOf(A));
    } while (Instant.now().isAfter(lastLook.plus(promised)));

    Page back = brief.follow(A, start, PAGE).await();

    assertThat(back.hasGaps()).isFalse();
    assertThat(back.events()).extracting(TenantEvent::job).containsExactly(id);
  }

  @Test
  default void whoComesBackTooLateIsToldThatThereAreGaps() {
    submit(aJobOf(A));
    TenantEvents brief = tenantEventsFor(MOMENT);
    String start = brief.follow(A, null, PAGE).await().lastId();
    // The clock that tells when nobody follows any more is Redis' own. A second is given on top.
    letPass(MOMENT.plusMillis(1_100));
    claim();

    Page back = brief.follow(A, start, PAGE).await();
    assertThat(back.hasGaps()).isTrue();
    assertThat(back.events()).isEmpty();
    JobId next = submit(aJobOf(A));
    Page rest = tenantEvents().follow(A, back.lastId(), PAGE).await();
    assertThat(rest.hasGaps()).isFalse();
    assertThat(rest.events()).extracting(TenantEvent::job).containsExactly(next);
  }

  @Test
  default void anIdThatWasNeverGivenHasGapsBeforeWhatFollows() {
    end(A);

    Page page = tenantEvents().follow(A, "999999999999999-0", PAGE).await();

    assertThat(page.hasGaps()).isTrue();
    JobId next = submit(aJobOf(A));
    assertThat(after(A, page.lastId())).extracting(TenantEvent::job).containsExactly(next);
    Page first = tenantEvents().follow(A, "0-1", PAGE).await();
    assertThat(first.hasGaps()).isTrue();
    assertThat(first.events()).extracting(TenantEvent::job).containsExactly(next);
  }

  @Test
  default void whoFollowsIsCalledWhenSomethingHappens() {
    end(A);
    var calls = new AtomicInteger();
    try (var registration = events().onEvent(A, calls::incrementAndGet)) {
      // The first call says that the subscription is there.
      Eventually.holds("a subscription", () -> calls.get() > 0);
      calls.set(0);

      submit(aJobOf(A));

      Eventually.holds("a call", () -> calls.get() == 1);
      assertThat(registration).isNotNull();
    }
  }

  @Test
  default void whereNobodyFollowsNothingIsAnnounced() {
    var calls = new AtomicInteger();
    events().onEvent(A, calls::incrementAndGet);
    Eventually.holds("a subscription", () -> calls.get() > 0);
    calls.set(0);

    submit(aJobOf(A));
    end(A);
    submit(aJobOf(A));

    // Announcements come in their order.
    Eventually.holds("a call", () -> calls.get() > 0);
    assertThat(calls).hasValue(1);
  }

  private String end(Tenant tenant) {
    Page page = tenantEvents().follow(tenant, null, PAGE).await();
    assertThat(page.events()).isEmpty();
    assertThat(page.hasGaps()).isFalse();
    return page.lastId();
  }

  private List<TenantEvent> after(Tenant tenant, String id) {
    Page page = tenantEvents().follow(tenant, id, PAGE).await();
    assertThat(page.hasGaps()).isFalse();
    return page.events();
  }

  private List<String> timeline(JobId id) {
    return store().findTimeline(id).await().stream().map(TenantEventsContract::words).toList();
  }

  private static String words(TimelineEntry entry) {
    return "%s %s %d %s %s %s"
        .formatted(
            entry.at(),
            entry.event(),
            entry.attempt(),
            entry.worker(),
            entry.code(),
            entry.message());
  }

  private static String words(TenantEvent event) {
    return "%s %s %d %s %s %s"
        .formatted(
            event.at(),
            event.event(),
            event.attempt(),
            event.worker(),
            event.code(),
            event.message());
  }
}
