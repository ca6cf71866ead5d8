package dev.tintype.testing;

import static dev.tintype.testing.Fixtures.aJob;
import static dev.tintype.testing.Fixtures.aJobOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import dev.tintype.queue.JobList;
import dev.tintype.queue.JobList.Filter;
import dev.tintype.queue.JobList.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which jobs a tenant has. */
public interface JobListContract extends QueueSteps {
  JobList list();

  @Test
  default void aTenantsJobsAreListedNewestFirst() {
    List<JobId> jobs = submitted(A, 3);
    submitted(B, 1);

    assertThat(listed(A, 10, null)).containsExactlyElementsOf(newestFirst(jobs));
  }

  @Test
  default void pagesFollowOneAnotherWithoutGapOrRepetition() {
    List<JobId> jobs = submitted(A, 7);

    List<JobId> seen = new ArrayList<>();
    JobId cursor = null;
    int pages = 0;
    do {
      Page page = page(A, new Filter(null, null, null, null, cursor, 3));
      page.jobs().forEach(job -> seen.add(job.id()));
      cursor = page.cursor();
      pages++;
    } while (cursor != null);

    assertThat(seen).containsExactlyElementsOf(newestFirst(jobs));
    assertThat(pages).isEqualTo(3);
  }

  @Test
  default void jobsAreListedByTheStateThatTheyAreIn() {
    JobId succeeded = succeeded(aJobOf(A), 3);
    JobId running = submit(aJobOf(A));
    claim();
    JobId queued = submit(aJobOf(A));

    assertThat(listed(A, 10, JobState.SUCCEEDED)).containsExactly(succeeded);
    assertThat(listed(A, 10, JobState.RUNNING)).containsExactly(running);
    assertThat(listed(A, 10, JobState.QUEUED)).containsExactly(queued);
    assertThat(listed(A, 10, JobState.FAILED)).isEmpty();
  }

  @Test
  default void jobsAreListedByTheHostThatTheyCapture() {
    JobId one = submit(QueueSteps.on("https://one.example/", A));
    submit(QueueSteps.on("https://two.example/", A));

    Page page = page(A, new Filter(null, "one.example", null, null, null, 10));

    assertThat(page.jobs()).extracting(Job::id).containsExactly(one);
    assertThat(page.cursor()).isNull();
  }

  @Test
  default void theOneOfItsHostIsFoundBehindThousandsOfOthers() {
    JobId one = submit(QueueSteps.oldest(QueueSteps.on("https://one.example/", A)));
    submitAll(Stream.generate(() -> aJobOf(A)).limit(2_100).toList());

    Page page = page(A, new Filter(null, "one.example", null, null, null, 10));

    assertThat(page.jobs()).extracting(Job::id).containsExactly(one);
    assertThat(page.cursor()).isNull();
  }

  @Test
  default void jobsAreListedByWhenTheyWereSubmitted() {
    JobId job = submit(aJobOf(A));
    Instant made = madeAt(job);

    assertThat(between(made, made.plusMillis(1))).containsExactly(job);
    assertThat(between(made.plusMillis(1), null)).isEmpty();
    assertThat(between(null, made)).isEmpty();
  }

  @Test
  default void aForgottenJobIsListedNoMore() {
    JobId job = submit(aJob());

    store().delete(job).await();

    assertThat(listed(Tenant.DEFAULT, 10, null)).isEmpty();
  }

  /** An id begins with its time; that of Redis may be a little later. */
  private static Instant madeAt(JobId job) {
    String digits = "0123456789abcdefghjkmnpqrstvwxyz";
    long millis = 0;
    for (char digit : job.value().substring(0, 10).toCharArray()) {
      millis = millis << 5 | digits.indexOf(digit);
    }
    return Instant.ofEpochMilli(millis);
  }

  private List<JobId> between(@Nullable Instant since, @Nullable Instant until) {
    return page(A, new Filter(null, null, since, until, null, 10)).jobs().stream()
        .map(Job::id)
        .toList();
  }

  private List<JobId> submitted(Tenant tenant, int count) {
    List<JobId> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(submit(aJobOf(tenant)));
    }
    return jobs;
  }

  private static List<JobId> newestFirst(List<JobId> jobs) {
    return jobs.stream().sorted(Comparator.reverseOrder()).toList();
  }

  private List<JobId> listed(Tenant tenant, int limit, @Nullable JobState state) {
    return page(tenant, new Filter(state, null, null, null, null, limit)).jobs().stream()
        .map(Job::id)
        .toList();
  }

  private Page page(Tenant tenant, Filter filter) {
    return list().list(tenant, filter).await();
  }
}
