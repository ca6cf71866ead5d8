package dev.tintype.api;

import dev.tintype.job.Failure;
import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Priority;
import dev.tintype.queue.JobList;
import dev.tintype.queue.JobList.Filter;
import dev.tintype.queue.JobList.Page;
import dev.tintype.request.FieldError;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs of a tenant, the newest first, a page at a time. */
final class JobListHandler {
  private static final int USUAL_PAGE = 50;
  private static final int LONGEST_PAGE = 200;

  private final JobList list;
  private final Tenants tenants;

  JobListHandler(JobList list, Tenants tenants) {
    this.list = list;
    this.tenants = tenants;
  }

  /** {@code GET /v1/jobs}. */
  Future<Void> get(RoutingContext ctx) {
    return list.list(tenants.of(ctx.request()), filter(ctx))
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
            parameters.read(
                "host", "the host of an address, such as example.com", text -> host(text)),
            parameters.read("since", Parameters.MOMENT, JobListHandler::moment),
            parameters.read("until", Parameters.MOMENT, JobListHandler::moment),
            parameters.read("cursor", "what the page before gave as its cursor", JobId::new),
            parameters.limit());
    parameters.check();
    return filter;
  }

  private static String host(String text) {
    if (text.isEmpty() || text.length() > 255 || text.matches("(?s).*[\\s/].*")) {
      throw new IllegalArgumentException(text);
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static Instant moment(String text) {
    Instant moment = OffsetDateTime.parse(text).toInstant();
    if (moment.isBefore(Instant.EPOCH) || moment.isAfter(Parameters.LAST)) {
      throw new IllegalArgumentException(text);
    }
    return moment;
  }

  /** Query parameters, of which all that are wrong are refused at once. */
  private static final class Parameters {
    static final String MOMENT = "a moment since 1970, such as 2030-01-31T18:00:00Z";
    // What the time in an id has room for.
    static final Instant LAST = Instant.ofEpochMilli((1L << 48) - 1);

    private final RoutingContext ctx;
    private final List<FieldError> errors = new ArrayList<>();

    Parameters(RoutingContext ctx) {
      this.ctx = ctx;
    }

    <T> @Nullable T read(String name, String allowed, Function<String, T> reader) {
      String text = ctx.queryParams().get(name);
      try {
        return text == null ? null : reader.apply(text);
      } catch (IllegalArgumentException | DateTimeException e) {
        errors.add(new FieldError("/" + name, "is \"" + text + "\"; allowed is " + allowed));
        return null;
      }
    }

    int limit() {
      Integer limit =
          read(
              "limit",
              "1 to " + LONGEST_PAGE,
              text -> {
                int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
                if (number < 1 || number > LONGEST_PAGE) {
                  throw new IllegalArgumentException(text);
                }
                return number;
              });
      return limit == null ? USUAL_PAGE : limit;
    }

    void check() {
      if (!errors.isEmpty()) {
        FieldError first = errors.get(0);
        throw new ProblemException(
            ProblemCode.INVALID_PARAMETER,
            first.pointer().substring(1) + " " + first.detail(),
            errors);
      }
    }
  }

  record PageView(List<ListedJob> jobs, @Nullable String cursor) {
    static PageView of(Page page) {
      JobId cursor = page.cursor();
      return new PageView(
          page.jobs().stream().map(ListedJob::of).toList(), cursor == null ? null : cursor.value());
    }
  }

  /** A job without its story and its result, which its own address has. */
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
          job.failure(),
          JobView.Links.of(job.id()));
    }
  }
}
