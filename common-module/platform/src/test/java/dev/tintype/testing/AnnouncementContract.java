package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobEvents;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When those who have nothing to do are told that a job is queued. */
public interface AnnouncementContract extends QueueSteps {
  JobEvents events();

  @Test
  default void whoAskedInVainIsToldOfTheNextJob() {
    AtomicInteger told = told();
    assertThat(tryClaim()).isEmpty();

    submit(aJob());

    Eventually.holds("an announcement", () -> told.get() == 1);
  }

  @Test
  default void oneAnnouncementStandsForManyJobsUntilSomeoneAsksInVainAgain() {
    AtomicInteger told = told();
    assertThat(tryClaim()).isEmpty();
    submit(aJob());
    submit(aJob());
    submit(aJob());
    assertThat(tryClaim()).isPresent();
    assertThat(tryClaim()).isPresent();
    assertThat(tryClaim()).isPresent();
    assertThat(tryClaim()).isEmpty();
    submit(aJob());

    // Announcements come in their order: were there one for each job, the second would be early.
    Eventually.holds("the second announcement", () -> told.get() >= 2);
    assertThat(told).hasValue(2);
  }

  @Test
  default void aJobThatIsGivenBackIsAnnounced() {
    submit(aJob());
    Assignment running = claim();
    AtomicInteger told = told();
    assertThat(tryClaim()).isEmpty();

    queue().release(running.lease()).await();

    Eventually.holds("an announcement", () -> told.get() == 1);
  }

  /** How often a listener was called since it was surely heard. */
  private AtomicInteger told() {
    var calls = new AtomicInteger();
    events().onQueued(calls::incrementAndGet);
    // The first call says that the subscription is there.
    Eventually.holds("a subscription", () -> calls.get() > 0);
    calls.set(0);
    return calls;
  }
}
