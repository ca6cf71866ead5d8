package dev.tintype.api.event;

import dev.tintype.api.access.Caller;
import dev.tintype.api.access.OwnJobs;
import dev.tintype.api.http.EventStreams;
import dev.tintype.api.http.EventStreams.Event;
import dev.tintype.api.http.EventStreams.News;
import dev.tintype.api.http.EventStreams.Source;
import dev.tintype.api.http.EventStreams.Then;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.api.view.JobView;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import dev.tintype.job.TimelineEntry;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobEvents.Registration;
import dev.tintype.queue.JobStore;
import dev.tintype.queue.TenantEvents;
import dev.tintype.queue.TenantEvents.Page;
import dev.tintype.queue.TenantEvents.TenantEvent;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What happens to a job, or to all jobs of a tenant, as a stream of events. */
public final class EventsHandler {
  // 30 KB, about half of what is held for a client before it counts as slow.
  private static final int PAGE = 200;

  private final JobStore store;
  private final OwnJobs jobs;
  private final JobEvents hints;
  private final TenantEvents events;
  private final EventStreams streams;

  public EventsHandler(
      JobStore store, OwnJobs jobs, JobEvents hints, TenantEvents events, EventStreams streams) {
    this.store = store;
    this.jobs = jobs;
    this.hints = hints;
    this.events = events;
    this.streams = streams;
  }

  /** {@code GET /v1/jobs/:id/events}: its timeline as it grows. */
  public Future<Void> ofJob(RoutingContext ctx) {
    JobId id = OwnJobs.id(ctx);
    String last = lastEventId(ctx, text -> text.matches("\\d{1,6}"));
    Caller caller = Caller.of(ctx);
    var source = new OfJob(caller, id, last == null ? -1 : Integer.parseInt(last));
    return jobs.find(caller, id).compose(own -> streams.open(ctx, source));
  }

  /** {@code GET /v1/events}: what happens from now on, or since the event that the client has. */
  public Future<Void> ofTenant(RoutingContext ctx) {
    return streams.open(
        ctx, new OfTenant(Caller.of(ctx).tenant(), lastEventId(ctx, TenantEvents::isId)));
  }

  /** That of the last event that the client has; null if it has none. */
  private static @Nullable String lastEventId(RoutingContext ctx, Predicate<String> isId) {
    String text = ctx.request().getHeader("Last-Event-ID");
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (!isId.test(text)) {
      throw new RequestProblem(
          ProblemCode.INVALID_PARAMETER,
          "Last-Event-ID is \"" + text + "\"; allowed is the id of an event of this stream");
    }
    return text;
  }

  private final class OfJob implements Source {
    private final Caller caller;
    private final JobId id;
    private int last;

    OfJob(Caller caller, JobId id, int last) {
      this.caller = caller;
      this.id = id;
      this.last = last;
    }

    @Override
    public Registration onHint(Runnable look) {
      return hints.onFinished(id, look);
    }

    @Override
    public Future<News> look() {
      return store
          .findTimeline(id)
          .compose(
              story ->
                  story.isEmpty()
                      ? jobs.<News>missing(caller, id)
                      : Future.succeededFuture(newsIn(story)));
    }

    private News newsIn(List<TimelineEntry> story) {
      int told = last;
      TimelineEntry newest = story.get(story.size() - 1);
      // A client may claim to have more than there is: it is told nothing, and no older ids.
      last = Math.max(last, newest.id());
      return new News(
          story.stream()
              .filter(entry -> entry.id() > told)
              .map(
                  entry ->
                      new Event(
                          Integer.toString(entry.id()), entry.event(), JobView.EntryView.of(entry)))
              .toList(),
          newest.event().isLast() ? Then.THE_END : Then.LATER);
    }
  }

  private final class OfTenant implements Source {
    private final Tenant tenant;
    private @Nullable String last;

    OfTenant(Tenant tenant, @Nullable String last) {
      this.tenant = tenant;
      this.last = last;
    }

    @Override
    public Registration onHint(Runnable look) {
      return hints.onEvent(tenant, look);
    }

    @Override
    public Future<News> look() {
      return events.follow(tenant, last, PAGE).map(this::newsIn);
    }

    private News newsIn(Page page) {
      List<Event> told = new ArrayList<>();
      if (page.hasGaps()) {
        told.add(new Event(page.from(), "missed", MissedView.SOME));
      } else if (last == null) {
        // So that a client that comes again before the first event misses none.
        told.add(new Event(page.from(), null, null));
      }
      page.events()
          .forEach(event -> told.add(new Event(event.id(), event.event(), EventView.of(event))));
      last = page.lastId();
      return new News(told, page.events().size() == PAGE ? Then.MORE : Then.LATER);
    }
  }

  /** That something may have happened of which nothing is known here. */
  record MissedView(String event, String message) {
    static final MissedView SOME =
        new MissedView(
            "missed", "events before this one may be missing; GET /v1/jobs tells how the jobs are");
  }

  record EventView(
      String job,
      Instant at,
      TimelineEntry.Event event,
      int attempt,
      @Nullable String worker,
      @Nullable String code,
      @Nullable String message) {
    static EventView of(TenantEvent event) {
      return new EventView(
          event.job().value(),
          event.at(),
          event.event(),
          event.attempt(),
          event.worker(),
          event.code(),
          event.message());
    }
  }
}
