package dev.tintype.client;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows events over as many streams as it takes, each of which goes on where the one before has
 * ended. It outlives a server that is restarted and a proxy that cuts.
 */
final class EventWatch {
  // The server sends something every 10 s.
  private static final Duration SILENCE = Exchanges.SHORT;

  // The server ends the stream of a job that is over; who were faster would leave it a lost
  // connection.
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Exchanges exchanges;
  private final String path;
  private final TimeLimit limit;
  private final EventListener listener;
  private final Predicate<RemoteEvent> isEnd;

  private long lastAnswer = System.nanoTime();
  private boolean answered;
  private int failures;
  private String lastId = "";
  private @Nullable RemoteEvent last;
  private boolean over;

  /**
   * Begins to count the time now.
   *
   * @param isEnd which event is the last of all, so that nobody has to ask whether more follow
   */
  EventWatch(
      Exchanges exchanges,
      String path,
      Duration limit,
      EventListener listener,
      Predicate<RemoteEvent> isEnd) {
    this.exchanges = exchanges;
    this.path = path;
    this.limit = new TimeLimit(limit);
    this.listener = listener;
    this.isEnd = isEnd;
  }

  /** The last of all events; empty if the time was over before. */
  Optional<RemoteEvent> follow() {
    while (!over && !limit.isOver()) {
      read();
    }
    return over ? Optional.ofNullable(last) : Optional.empty();
  }

  private void read() {
    HttpRequest.Builder request = exchanges.request(path).header("Accept", "text/event-stream");
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    var parser = new EventParser(lastId, pacing().firstBackoff());
    try (LineStream lines = exchanges.events(request.build())) {
      String line;
      while ((line = lines.next(over ? FAREWELL : Pacing.shorter(SILENCE, limit.left()))) != null) {
        lastAnswer = System.nanoTime();
        answered = true;
        failures = 0;
        parser.line(line).ifPresent(this::tell);
        lastId = parser.lastId();
      }
      if (!over) {
        ended(lines.end(), parser.retry());
      }
    } catch (IOException e) {
      if (!over && !limit.isOver()) {
        goOnAfter(exchanges.reason(e), null, Duration.ZERO);
      }
    }
  }

  private void tell(RemoteEvent event) {
    last = event;
    over = isEnd.test(event);
    listener.event(event);
  }

  /** The usual end is that of the stream's time. */
  private void ended(HttpResponse<byte[]> response, Duration retry) {
    Answer answer = Answer.of(response);
    if (Exchanges.isEvents(response.statusCode(), response.headers())) {
      limit.rest(retry);
    } else if (answer.isPassing()) {
      goOnAfter("status " + answer.status(), answer, answer.retryAfter());
    } else if (answer.status() == 204 && last != null) {
      over = true;
    } else {
      throw new ProblemException(exchanges.server(), answer);
    }
  }

  private void goOnAfter(String trouble, @Nullable Answer answer, Duration asked) {
    failures++;
    boolean isLast =
        answered
            ? Pacing.since(lastAnswer).compareTo(pacing().patience()) > 0
            : failures >= pacing().contactTries();
    // A rest beyond all patience is for the caller to take, who is told of it.
    if (answer != null && (isLast || asked.compareTo(pacing().patience()) > 0)) {
      throw new ProblemException(exchanges.server(), answer);
    } else if (isLast) {
      throw exchanges.away(trouble, answered);
    }
    listener.trouble("no answer (" + trouble + "), asking again");
    limit.rest(Pacing.longer(asked, pacing().backoff(failures)));
  }

  private Pacing pacing() {
    return exchanges.pacing();
  }
}
