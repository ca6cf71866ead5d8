package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJobFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.capture.CaptureRequest;
import dev.tintype.capture.CaptureSpec;
import dev.tintype.capture.Schedule;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.queue.Assignment;
import dev.tintype.queue.JobQueue;
import dev.tintype.queue.NewJob;
import dev.tintype.queue.TenantPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many captures of one host run at once, and that nothing waits for it for ever. */
public interface HostLimitContract extends QueueSteps {
  String HERE = "https://one.example/";
  String ELSEWHERE = "https://two.example/";
  String THIRD = "https://three.example/";

  @Test
  default void aHostIsCapturedNoMoreOftenAtOnceThanItMayBe() {
    submit(QueueSteps.on(HERE, A));
    submit(QueueSteps.on(HERE + "other-page", A));
    submit(QueueSteps.on("http://ONE.example:8080/", B));
    JobId other = submit(QueueSteps.on(ELSEWHERE, B));

    assertThat(take(1)).isPresent();

    assertThat(take(1).orElseThrow().lease().job()).isEqualTo(other);
    assertThat(take(1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://one.example/, http://ONE.example./",
    "http://my_host.example/, http://My_Host.example:8080/",
    "http://127.0.0.1/, http://0x7f.1/",
    "http://[::1]/, http://[0:0:0:0:0:0:0:1]:8080/"
  })
  default void aHostIsOneHoweverItIsSpelled(String url, String sameHost) {
    submit(QueueSteps.on(url, A));
    submit(QueueSteps.on(sameHost, A));

    assertThat(take(1)).isPresent();

    assertThat(take(1)).isEmpty();
  }

  @Test
  default void theyAreCapturedInTheirOrderAsOneEnds() {
    List<JobId> submitted = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      submitted.add(submit(QueueSteps.on(HERE, A)));
    }

    List<JobId> captured = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Assignment running = take(1).orElseThrow();
      assertThat(take(1)).isEmpty();
      captured.add(running.lease().job());
      complete(running);
    }

    assertThat(captured).isEqualTo(submitted);
  }

  @Test
  default void twoAtOnceAreTwoAtOnce() {
    for (int i = 0; i < 5; i++) {
      submit(QueueSteps.on(HERE, A));
    }
    Assignment first = take(2).orElseThrow();
    Assignment second = take(2).orElseThrow();
    assertThat(take(2)).isEmpty();
    complete(first);
    complete(second);

    assertThat(take(2)).isPresent();
    assertThat(take(2)).isPresent();
    assertThat(take(2)).isEmpty();
  }

  @Test
  default void aCaptureThatIsLostOrGivenBackFreesItsHost() {
    submit(QueueSteps.on(HERE, A));
    JobId second = submit(QueueSteps.on(HERE, B));
    Assignment running = take(1).orElseThrow();
    assertThat(take(1)).isEmpty();
    queue().release(running.lease()).await();
    assertThat(queueWith(Duration.ofMillis(1), 1).claim(WORKER, QueueAccess.nonce()).await())
        .isPresent();
    QueueAccess.untilAny(() -> upkeep().reclaimExpired(10).await());

    List<JobId> captured = drain(1);

    assertThat(captured).hasSize(2).contains(second);
  }

  @Test
  default void theOneWhoseTurnItIsMayBeCancelledOrExpireAndTheNextGoesOn() {
    submit(QueueSteps.on(HERE, A));
    Assignment running = take(1).orElseThrow();
    JobId cancelled = submit(QueueSteps.on(HERE, A));
    Instant deadline = Instant.now().plusMillis(300);
    JobId expired = until(deadline, A);
    JobId expiredAfterIt = until(deadline, B);
    JobId last = submit(QueueSteps.on(HERE, B));
    assertThat(take(1)).isEmpty();

    complete(running);
    store().cancel(cancelled).await();
    letPass(Duration.ofMillis(310));

    assertThat(drain(1)).containsExactly(last);
    assertThat(job(expired).state()).isEqualTo(JobState.EXPIRED);
    assertThat(job(expiredAfterIt).state()).isEqualTo(JobState.EXPIRED);
  }

  @Test
  default void theOnlyOneThatWaitsMayBeCancelledOrForgotten() {
    submit(QueueSteps.on(HERE, A));
    assertThat(take(1)).isPresent();
    JobId cancelled = submit(QueueSteps.on(HERE, A));
    JobId forgotten = submit(QueueSteps.on(HERE, B));
    assertThat(take(1)).isEmpty();

    store().cancel(cancelled).await();
    store().delete(forgotten).await();

    JobId next = submit(QueueSteps.on(HERE, B));
    assertThat(take(2).orElseThrow().lease().job()).isEqualTo(next);
  }

  @Test
  default void upkeepExpiresThoseThatWaitForTheirHost() {
    submit(QueueSteps.on(HERE, A));
    Assignment running = take(1).orElseThrow();
    JobId expired = until(Instant.now().plusMillis(200), A);
    JobId last = submit(QueueSteps.on(HERE, A));
    assertThat(take(1)).isEmpty();

    assertThat(expiredSoon()).containsExactly(expired);
    complete(running);

    assertThat(drain(1)).containsExactly(last);
  }

  @Test
  default void whenMoreAreAllowedAllThatWaitGoOnSoon() {
    for (int i = 0; i < 6; i++) {
      submit(QueueSteps.on(HERE, A));
    }
    Assignment running = take(1).orElseThrow();
    assertThat(take(1)).isEmpty();

    complete(running);

    assertThat(take(3)).isPresent();
    assertThat(take(3)).isPresent();
    assertThat(take(3)).isPresent();
    assertThat(take(3)).isEmpty();
  }

  @Test
  default void whenFewerAreAllowedNoneIsAddedUntilEnoughHaveEnded() {
    for (int i = 0; i < 4; i++) {
      submit(QueueSteps.on(HERE, A));
    }
    Assignment first = take(3).orElseThrow();
    Assignment second = take(3).orElseThrow();
    Assignment third = take(3).orElseThrow();

    complete(first);
    assertThat(take(1)).isEmpty();
    complete(second);
    assertThat(take(1)).isEmpty();
    complete(third);
    assertThat(take(1)).isPresent();
  }

  @Test
  default void aJobWithoutAHostWaitsForNone() {
    submit(QueueSteps.on(HERE, A));
    assertThat(take(1)).isPresent();
    var inline = CaptureSpec.ofHtml("<p>hello");
    var request = Fixtures.aRequest(inline, Schedule.AT_ONCE, null);
    JobId first = submit(aJobFor(A, TenantPlan.DEFAULT, request));
    JobId second = submit(aJobFor(A, TenantPlan.DEFAULT, request));

    assertThat(take(1).orElseThrow().lease().job()).isEqualTo(first);
    assertThat(take(1).orElseThrow().lease().job()).isEqualTo(second);
  }

  @Test
  default void aTenantThatHasManyOfABusyHostDoesNotKeepOthersFromTheirBrowsers() {
    List<NewJob> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(QueueSteps.on(HERE, A));
    }
    submitAll(many);
    assertThat(take(1)).isPresent();
    // B has had more browser time, so that its turn comes after all that A could be given.
    for (int i = 0; i < 3; i++) {
      submit(QueueSteps.on(ELSEWHERE, B));
      assertThat(queue().claim(WORKER, QueueAccess.nonce()).await()).isPresent();
    }
    JobId ofB = submit(QueueSteps.on(THIRD, B));

    assertThat(take(1).orElseThrow().lease().job()).isEqualTo(ofB);
  }

  @Test
  default void aTenantThatMayRunNoMoreDoesNotKeepAHostFromOthers() {
    submit(Fixtures.aJobFor(A, QueueSteps.running(1), request(ELSEWHERE)));
    submit(QueueSteps.on(HERE, B));
    Assignment first = take(1).orElseThrow();
    Assignment second = take(1).orElseThrow();
    submit(Fixtures.aJobFor(A, QueueSteps.running(2), request(HERE)));
    JobId ofB = submit(QueueSteps.on(HERE, B));
    assertThat(take(1)).isEmpty();
    // A new plan: the capture of the other host is all that A may run.
    submit(Fixtures.aJobFor(A, QueueSteps.running(1), request(ELSEWHERE)));
    assertThat(take(1)).isEmpty();

    complete(job(first.lease().job()).tenant().equals(B) ? first : second);

    assertThat(take(1).orElseThrow().lease().job()).isEqualTo(ofB);
  }

  @Test
  default void aTenantThatHasManyOfAHostDoesNotKeepTheHostFromOthers() {
    List<NewJob> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(QueueSteps.on(HERE, A));
    }
    submitAll(many);
    Assignment running = take(1).orElseThrow();
    for (int i = 0; i < 10; i++) {
      assertThat(take(1)).isEmpty();
    }
    JobId ofB = submit(QueueSteps.on(HERE, B));
    assertThat(take(1)).isEmpty();

    List<JobId> next = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      complete(running);
      running = take(1).orElseThrow();
      next.add(running.lease().job());
    }

    assertThat(next).as("those of A and B take turns").contains(ofB);
  }

  @Test
  default void manyTenantsOfABusyHostDoNotKeepAnotherFromItsBrowser() {
    submit(QueueSteps.on(HERE, B));
    assertThat(take(1)).isPresent();
    List<NewJob> many = new ArrayList<>();
    for (int i = 0; i < 5 * 300; i++) {
      many.add(QueueSteps.on(HERE, new Tenant("t" + i % 5)));
    }
    submitAll(many);
    JobId free = submit(QueueSteps.on(ELSEWHERE, new Tenant("z")));

    List<Optional<JobId>> claimed = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      claimed.add(take(1).map(assignment -> assignment.lease().job()));
    }

    assertThat(claimed).contains(Optional.of(free));
  }

  @Test
  default void manyTenantsThatMayRunNoMoreDoNotKeepAHostFromOthers() {
    submit(QueueSteps.on(HERE, B));
    Assignment running = take(1).orElseThrow();
    for (int i = 0; i < 10; i++) {
      Tenant full = new Tenant("t" + i);
      submit(aJobFor(full, QueueSteps.running(1), request(HERE)));
      assertThat(take(1)).isEmpty();
      submit(aJobFor(full, QueueSteps.running(1), request("https://host" + i + ".example/")));
      assertThat(take(1)).isPresent();
    }
    JobId eleventh = submit(QueueSteps.on(HERE, new Tenant("z")));
    assertThat(take(1)).isEmpty();

    complete(running);

    assertThat(take(1).map(assignment -> assignment.lease().job())).contains(eleventh);
  }

  private Optional<Assignment> take(int capturesPerHost) {
    JobQueue queue = queueWith(Duration.ofMinutes(10), capturesPerHost);
    return queue.claim(WORKER, QueueAccess.nonce()).await();
  }

  /** Captures one after the other, until there are no more. */
  private List<JobId> drain(int capturesPerHost) {
    List<JobId> captured = new ArrayList<>();
    for (Optional<Assignment> next = take(capturesPerHost);
        next.isPresent();
        next = take(capturesPerHost)) {
      captured.add(next.get().lease().job());
      complete(next.get());
    }
    return captured;
  }

  private JobId until(Instant deadline, Tenant tenant) {
    var request =
        Fixtures.aRequest(
            Fixtures.aCaptureOf(HERE), QueueSteps.schedule(null, deadline, null), null);
    return submit(aJobFor(tenant, TenantPlan.DEFAULT, request));
  }

  private static CaptureRequest request(String url) {
    return Fixtures.aRequest(Fixtures.aCaptureOf(url), Schedule.AT_ONCE, null);
  }
}
