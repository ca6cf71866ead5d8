package dev.tintype.api.job;

import dev.tintype.api.access.Caller;
import dev.tintype.api.http.Parameters;
import dev.tintype.api.http.TaggedAnswer;
import dev.tintype.api.view.JobView;
import dev.tintype.capture.Priority;
import dev.tintype.egress.HostName;
import dev.tintype.job.Failure;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.queue.JobList;
import dev.tintype.queue.JobList.Filter;
import dev.tintype.queue.JobList.Page;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs of a tenant, the newest first, a page at a time. */
public final class JobListHandler {
  private final JobList list;

  public JobListHandler(JobList list) {
    this.list = list;
  }

  /** {@code GET /v1/jobs}. */
  public Future<Void> get(RoutingContext ctx) {
    return list.list(Caller.of(ctx).tenant(), filter(ctx))
        .compose(page -> TaggedAnswer.ofJson(PageView.of(page)).send(ctx.request()));
  }

  private static Filter filter(RoutingContext ctx) {
    var parameters = new Parameters(ctx);
    var filter =
        new Filter(
            parameters.read(
                "state",
                "one of "
                    + Arrays.stream(JobState.values())
                        .map(JobState::toString)
                        .collect(Collectors.joining(", ")),
                text -> JobState.valueOf(text.toUpperCase(Locale.ROOT))),
            parameters.read("host", "the host of an address, such as example.com", HostName::of),
            parameters.read("since", Parameters.MOMENT, Parameters::moment),
            parameters.read("until", Parameters.MOMENT, Parameters::moment),
            parameters.read("cursor", "what the page before gave as its cursor", JobId::new),
            parameters.limit());
    parameters.check();
    return filter;
  }

  record PageView(List<ListedJob> jobs, @Nullable String cursor) {
    static PageView of(Page page) {
      JobId cursor = page.cursor();
      return new PageView(
          page.jobs().stream().map(ListedJob::of).toList(), cursor == null ? null : cursor.value());
    }
  }

  /**
   * A job without its timeline and its result, which its own address has.
   *
   * @param status HTTP status of the page, if the job has succeeded
   */
  record ListedJob(
      String id,
      JobState state,
      Priority priority,
      @Nullable String url,
      int attempt,
      Instant createdAt,
      @Nullable Instant notBefore,
      @Nullable Instant deadline,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Integer status,
      @Nullable Failure failure,
      JobView.Links links) {
    static ListedJob of(Job job) {
      return new ListedJob(
          job.id().value(),
          job.state(),
          job.priority(),
          job.url(),
          job.attempt(),
          job.createdAt(),
          job.notBefore(),
          job.deadline(),
          job.startedAt(),
          job.finishedAt(),
          job.result() == null ? null : job.result().status(),
          job.failure(),
          JobView.Links.of(job.id()));
    }
  }
}
