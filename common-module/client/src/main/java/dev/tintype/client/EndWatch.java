package dev.tintype.client;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Waits for the end of a job or a batch by asking again and again, each time to be kept waiting. It
 * outlives a server that is restarted and a proxy that gives up sooner than was asked for.
 */
final class EndWatch<T> {
  // Answers before the end come no faster than this, whatever the server says.
  private static final Duration SHORTEST_ROUND = Duration.ofSeconds(1);

  private final Exchanges exchanges;
  private final String path;
  private final TimeLimit limit;
  private final Function<Answer, T> reading;
  private final Predicate<T> isOver;
  private final Consumer<String> trouble;

  private long lastAnswer = System.nanoTime();
  private int failures;
  private Duration longPoll;

  /**
   * Begins to count the time now.
   *
   * @param path what to ask for
   * @param reading makes something of every answer that is none of a proxy
   * @param trouble hears of questions that had no answer and are asked again
   */
  EndWatch(
      Exchanges exchanges,
      String path,
      Duration limit,
      Function<Answer, T> reading,
      Predicate<T> isOver,
      Consumer<String> trouble) {
    this.exchanges = exchanges;
    this.path = path;
    this.limit = new TimeLimit(limit);
    this.reading = reading;
    this.isOver = isOver;
    this.trouble = trouble;
    this.longPoll = pacing().longPoll();
  }

  /** As it is at its end, or when the time is over. */
  T await(T known) {
    T latest = known;
    while (!isOver.test(latest) && !limit.isOver()) {
      latest = ask(latest);
    }
    return latest;
  }

  private T ask(T known) {
    long asked = System.nanoTime();
    Duration rest = Duration.ZERO;
    String reason;
    try {
      Answer answer = poll(seconds(Pacing.shorter(longPoll, limit.left())));
      if (!answer.isPassing()) {
        T latest = reading.apply(answer);
        lastAnswer = System.nanoTime();
        failures = 0;
        if (!isOver.test(latest)) {
          // Counted from the question: to be kept waiting is to have waited.
          Duration round = Pacing.longer(SHORTEST_ROUND, answer.retryAfter());
          limit.rest(round.minus(Pacing.since(asked)));
        }
        return latest;
      }
      reason = "status " + answer.status();
      rest = answer.retryAfter();
    } catch (IOException e) {
      reason = exchanges.reason(e);
    }
    failures++;
    if (Pacing.since(asked).compareTo(SHORTEST_ROUND) > 0) {
      // Perhaps a proxy on the way waits less than the server would.
      longPoll = Pacing.longer(SHORTEST_ROUND, longPoll.dividedBy(2));
    }
    if (Pacing.since(lastAnswer).compareTo(pacing().patience()) > 0) {
      throw exchanges.away(reason, true);
    }
    trouble.accept("no answer (" + reason + "), asking again");
    limit.rest(Pacing.longer(rest, pacing().backoff(failures)));
    return known;
  }

  /** The answer may come much sooner: how long a client is kept is the server's to say. */
  private Answer poll(Duration wait) throws IOException {
    var request = exchanges.request(path + "?wait=" + wait.toSeconds()).build();
    return Answer.of(exchanges.once(request, wait.plus(Exchanges.SHORT)));
  }

  private Pacing pacing() {
    return exchanges.pacing();
  }

  /** The API counts in whole seconds; what is left of one counts as one. */
  private static Duration seconds(Duration time) {
    return Duration.ofSeconds(Math.max(1, time.plusMillis(999).toSeconds()));
  }
}
