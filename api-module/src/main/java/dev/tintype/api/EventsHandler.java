package dev.tintype.api;

import dev.tintype.api.EventStreams.Event;
import dev.tintype.api.EventStreams.News;
import dev.tintype.api.EventStreams.Source;
import dev.tintype.api.EventStreams.Then;
import dev.tintype.job.JobId;
import dev.tintype.job.TimelineEntry;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobEvents.Registration;
import dev.tintype.queue.JobStore;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The timeline of a job as it grows, as a stream of events. */
final class EventsHandler {
  private final JobStore store;
  private final JobEvents events;
  private final EventStreams streams;

  EventsHandler(JobStore store, JobEvents events, EventStreams streams) {
    this.store = store;
    this.events = events;
    this.streams = streams;
  }

  /** {@code GET /v1/jobs/:id/events}. */
  Future<Void> get(RoutingContext ctx) {
    return streams.open(ctx, new Story(JobsHandler.jobId(ctx), lastEventId(ctx)));
  }

  /** The index of the last event that the client has; -1 if it has none. */
  private static int lastEventId(RoutingContext ctx) {
    String text = ctx.request().getHeader("Last-Event-ID");
    if (text == null || text.isEmpty()) {
      return -1;
    }
    if (!text.matches("\\d{1,6}")) {
      throw new ProblemException(
          ProblemCode.INVALID_PARAMETER,
          "Last-Event-ID is \"" + text + "\"; allowed is the id of an event of this stream");
    }
    return Integer.parseInt(text);
  }

  private final class Story implements Source {
    private final JobId id;
    private int last;

    Story(JobId id, int last) {
      this.id = id;
      this.last = last;
    }

    @Override
    public Registration onHint(Runnable look) {
      return events.onFinished(id, look);
    }

    @Override
    public Future<News> look() {
      return store
          .timeline(id)
          .compose(
              story ->
                  story.isEmpty()
                      ? MissingJob.<News>explain(store, id)
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
}
