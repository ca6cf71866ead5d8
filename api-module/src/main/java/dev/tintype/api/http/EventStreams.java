package dev.tintype.api.http;

import dev.tintype.json.Json;
import dev.tintype.queue.JobEvents.Registration;
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
import org.jspecify.annotations.Nullable;

/**
 * Answers of server-sent events (WHATWG HTML, section 9.2). A stream ends before anything on the
 * way would cut it, and its client, which knows the last id that it has, asks for the rest.
 * Confined to its event loop.
 */
public final class EventStreams {
  // What is announced is seen at once; a hint that was lost, and what is not announced, this late.
  private static final long LOOK_MILLIS = 1_000;

  // However much is announced, a stream costs the queue ten looks a second and no more.
  private static final long REST_MILLIS = 100;

  // Proxies take a connection on which nothing comes for dead; the shortest of usual timeouts is 15
  // s.
  private static final long HEARTBEAT_MILLIS = 10_000;

  // How soon a browser comes again when a stream has ended.
  private static final long RETRY_MILLIS = 500;

  private final Vertx vertx;
  private final Duration lifetime;
  private final Set<Stream> streams = new HashSet<>();
  private boolean stopping;

  /**
   * @param lifetime of one stream
   */
  public EventStreams(Vertx vertx, Duration lifetime) {
    this.vertx = vertx;
    this.lifetime = lifetime;
  }

  /** What one stream tells. It knows what it has told, and is asked again when its look is over. */
  public interface Source {
    /** Has the stream look sooner than it would. */
    Registration onHint(Runnable look);

    /** What has come since the look before; a failure ends the stream. */
    Future<News> look();
  }

  /**
   * What a look has found.
   *
   * @param events in their order, of which none was told before
   * @param then whether more may follow
   */
  public record News(List<Event> events, Then then) {}

  /** What follows. */
  public enum Then {
    /** Nothing, ever. */
    THE_END,
    /** What has not happened yet. */
    LATER,
    /** More has happened already. */
    MORE
  }

  /**
   * One event; without a name and data it only tells the client from where to go on.
   *
   * @param data written as JSON
   */
  public record Event(String id, @Nullable Object name, @Nullable Object data) {
    String text() {
      return name == null || data == null
          ? "id: %s\n\n".formatted(id)
          : "id: %s\nevent: %s\ndata: %s\n\n".formatted(id, name, Json.writeWire(data));
    }
  }

  /**
   * Answers with a stream, or with 204, which a client takes for the word not to come again, if
   * there is nothing to tell and never will be. Fails if the first look does.
   */
  public Future<Void> open(RoutingContext ctx, Source source) {
    return new Stream(source, ctx).open();
  }

  /**
   * Ends every stream, now and from now on, as at the end of its time: its client asks another
   * process next.
   */
  public void letGo() {
    stopping = true;
    List.copyOf(streams).forEach(Stream::end);
  }

  private final class Stream {
    private final Source source;
    private final RoutingContext ctx;
    private final HttpServerResponse response;
    private Registration hints = () -> {};
    private boolean busy = true;
    // What happens between the first look and the first hint is seen by a second look.
    private boolean asked = true;
    private boolean over;
    private long[] timers = {};

    Stream(Source source, RoutingContext ctx) {
      this.source = source;
      this.ctx = ctx;
      this.response = ctx.response();
    }

    Future<Void> open() {
      return source
          .look()
          .compose(
              news -> {
                if (news.then() == Then.THE_END && news.events().isEmpty()) {
                  return response.setStatusCode(204).end();
                }
                response
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    // nginx would keep events until a buffer of them is full.
                    .putHeader("X-Accel-Buffering", "no");
                return ctx.request().method().equals(HttpMethod.HEAD)
                    ? response.end()
                    : begin(news);
              });
    }

    private Future<Void> begin(News news) {
      streams.add(this);
      // A handler of the response itself would take the place of the one that logs lost
      // connections.
      ctx.addEndHandler(closed -> end());
      response.setChunked(true).drainHandler(drained -> look());
      hints = source.onHint(this::look);
      long heartbeat = Math.min(HEARTBEAT_MILLIS, lifetime.toMillis() / 2);
      timers =
          new long[] {
            vertx.setPeriodic(LOOK_MILLIS, tick -> look()),
            vertx.setPeriodic(heartbeat, tick -> beat()),
            vertx.setTimer(lifetime.toMillis(), passed -> end())
          };
      Future<Void> begun = response.write("retry: " + RETRY_MILLIS + "\n\n");
      tell(news);
      if (stopping) {
        end();
      }
      return begun;
    }

    private void beat() {
      if (!response.writeQueueFull()) {
        response.write(":\n\n");
      }
    }

    /** A client that does not read what it is sent is not sent more. */
    private void look() {
      if (over || busy || response.writeQueueFull()) {
        asked = true;
        return;
      }
      busy = true;
      asked = false;
      source
          .look()
          // Without its queue it has nothing to tell; who comes again is told why.
          .onFailure(lost -> end())
          .onSuccess(this::tell);
    }

    private void tell(News news) {
      if (over) {
        return;
      }
      news.events().forEach(event -> response.write(event.text()));
      switch (news.then()) {
        case THE_END -> end();
        case MORE -> rested(true);
        case LATER -> vertx.setTimer(REST_MILLIS, passed -> rested(asked));
      }
    }

    private void rested(boolean goOn) {
      busy = false;
      if (goOn) {
        look();
      }
    }

    private void end() {
      if (!over) {
        over = true;
        streams.remove(this);
        hints.close();
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
