package dev.tintype.api;

import dev.tintype.job.JobId;
import dev.tintype.job.TimelineEntry;
import dev.tintype.json.Json;
import dev.tintype.queue.JobEvents;
import dev.tintype.queue.JobEvents.Registration;
import dev.tintype.queue.JobStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The timeline of a job as it grows, as server-sent events (WHATWG HTML, section 9.2). A stream
 * ends before anything on the way would cut it, and its client, which knows the last event that it
 * has, asks for the rest. Confined to its event loop.
 */
final class EventsHandler {
  // The end of a job is announced; of what happens before it is seen that late.
  private static final long LOOK_MILLIS = 1_000;

  // Proxies take a connection on which nothing comes for dead; the shortest of usual timeouts is 15
  // s.
  private static final long HEARTBEAT_MILLIS = 10_000;

  // How soon a browser comes again when a stream has ended.
  private static final long RETRY_MILLIS = 500;

  private final Vertx vertx;
  private final JobStore store;
  private final JobEvents events;
  private final Duration lifetime;
  private final Set<Stream> streams = new HashSet<>();

  /**
   * @param lifetime of one stream
   */
  EventsHandler(Vertx vertx, JobStore store, JobEvents events, Duration lifetime) {
    this.vertx = vertx;
    this.store = store;
    this.events = events;
    this.lifetime = lifetime;
  }

  /** {@code GET /v1/jobs/:id/events}. */
  Future<Void> get(RoutingContext ctx) {
    JobId id = JobsHandler.jobId(ctx);
    int last = lastEventId(ctx);
    return MissingJob.orFound(store, id)
        .compose(job -> store.timeline(id))
        .compose(
            story -> {
              HttpServerResponse response = ctx.response();
              if (isOver(story) && last >= story.size() - 1) {
                // What a client takes for the word not to come again.
                return response.setStatusCode(204).end();
              }
              response
                  .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                  .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                  // nginx would keep events until a buffer of them is full.
                  .putHeader("X-Accel-Buffering", "no");
              if (ctx.request().method().equals(HttpMethod.HEAD)) {
                return response.end();
              }
              return new Stream(id, last, response.setChunked(true)).begin(story);
            });
  }

  /** Ends every stream, as at the end of its time: its client asks another process next. */
  void letGo() {
    List.copyOf(streams).forEach(Stream::end);
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

  private static boolean isOver(List<TimelineEntry> story) {
    return !story.isEmpty() && story.get(story.size() - 1).event().isLast();
  }

  private final class Stream {
    private final JobId id;
    private final HttpServerResponse response;
    private int last;
    private boolean looking;
    private boolean lookAgain;
    private boolean over;
    private Registration registration = () -> {};
    private long[] timers = {};

    Stream(JobId id, int last, HttpServerResponse response) {
      this.id = id;
      this.last = last;
      this.response = response;
    }

    Future<Void> begin(List<TimelineEntry> story) {
      streams.add(this);
      response.closeHandler(closed -> end());
      registration = events.onFinished(id, this::look);
      timers =
          new long[] {
            vertx.setPeriodic(LOOK_MILLIS, tick -> look()),
            vertx.setPeriodic(HEARTBEAT_MILLIS, tick -> response.write(":\n\n")),
            vertx.setTimer(lifetime.toMillis(), passed -> end())
          };
      Future<Void> begun = response.write("retry: " + RETRY_MILLIS + "\n\n");
      tell(story);
      return begun;
    }

    private void look() {
      if (over || looking) {
        lookAgain = true;
        return;
      }
      looking = true;
      lookAgain = false;
      store
          .timeline(id)
          .onComplete(
              looked -> {
                looking = false;
                // Without its queue, or without its job, it has nothing to tell; who comes again is
                // told why.
                if (looked.failed() || looked.result().isEmpty()) {
                  end();
                } else {
                  tell(looked.result());
                  if (lookAgain) {
                    look();
                  }
                }
              });
    }

    private void tell(List<TimelineEntry> story) {
      if (over) {
        return;
      }
      for (TimelineEntry entry : story) {
        if (entry.id() > last) {
          last = entry.id();
          response.write(
              "id: %d\nevent: %s\ndata: %s\n\n"
                  .formatted(entry.id(), entry.event(), Json.write(JobView.EntryView.of(entry))));
        }
      }
      // A client that does not read what it is sent is not sent more.
      if (isOver(story) || response.writeQueueFull()) {
        end();
      }
    }

    void end() {
      if (!over) {
        over = true;
        streams.remove(this);
        registration.close();
        for (long timer : timers) {
          vertx.cancelTimer(timer);
        }
        if (!response.closed()) {
          response.end();
        }
      }
    }
  }
}
