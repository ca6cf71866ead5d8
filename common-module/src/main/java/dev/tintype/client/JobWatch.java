package dev.tintype.client;

import dev.tintype.job.JobId;
import java.io.IOException;
import java.time.Duration;

/**
 * Waits for a job by asking again and again, each time to be kept waiting. It outlives a server
 * that is restarted and a proxy that gives up sooner than was asked for.
 */
final class JobWatch {
  // Answers of an open job come no faster than this, whatever the server says.
  private static final Duration SHORTEST_ROUND = Duration.ofSeconds(1);

  private final Exchanges exchanges;
  private final WaitListener listener;
  private final Duration limit;

  private final long begin = System.nanoTime();
  private long lastAnswer = begin;
  private int failures;
  private Duration longPoll;

  /** Begins to count the time now. */
  JobWatch(Exchanges exchanges, WaitListener listener, Duration limit) {
    this.exchanges = exchanges;
    this.listener = listener;
    this.limit = limit;
    this.longPoll = pacing().longPoll();
  }

  /** The job at its end. */
  RemoteJob await(RemoteJob known) {
    RemoteJob job = known;
    listener.known(job);
    while (!job.isFinal()) {
      if (left().isZero()) {
        throw new StillOpenException(job, limit);
      }
      job = ask(job);
    }
    return job;
  }

  private RemoteJob ask(RemoteJob known) {
    long asked = System.nanoTime();
    Duration rest = Duration.ZERO;
    String trouble;
    try {
      Answer answer = poll(known.id(), seconds(Pacing.shorter(longPoll, left())));
      if (!answer.isPassing()) {
        RemoteJob job = exchanges.job(answer);
        lastAnswer = System.nanoTime();
        failures = 0;
        listener.known(job);
        if (!job.isFinal()) {
          // Counted from the question: to be kept waiting is to have waited.
          Duration round = Pacing.longer(SHORTEST_ROUND, answer.retryAfter());
          rest(round.minus(Pacing.since(asked)));
        }
        return job;
      }
      trouble = "status " + answer.status();
      rest = answer.retryAfter();
    } catch (IOException e) {
      trouble = exchanges.reason(e);
    }
    failures++;
    if (Pacing.since(asked).compareTo(SHORTEST_ROUND) > 0) {
      // Perhaps a proxy on the way waits less than the server would.
      longPoll = Pacing.longer(SHORTEST_ROUND, longPoll.dividedBy(2));
    }
    if (Pacing.since(lastAnswer).compareTo(pacing().patience()) > 0) {
      throw exchanges.away(trouble, true);
    }
    listener.trouble("no answer (" + trouble + "), asking again");
    rest(Pacing.longer(rest, pacing().backoff(failures)));
    return known;
  }

  /** The answer may come much sooner: how long a client is kept is the server's to say. */
  private Answer poll(JobId id, Duration wait) throws IOException {
    var request = exchanges.request("/v1/jobs/" + id + "?wait=" + wait.toSeconds()).build();
    return Answer.of(exchanges.once(request, wait.plus(Exchanges.SHORT)));
  }

  private void rest(Duration time) {
    Pacing.rest(Pacing.shorter(time, left()));
  }

  private Duration left() {
    return Pacing.longer(Duration.ZERO, limit.minus(Pacing.since(begin)));
  }

  private Pacing pacing() {
    return exchanges.pacing();
  }

  /** The API counts in whole seconds; what is left of one counts as one. */
  private static Duration seconds(Duration time) {
    return Duration.ofSeconds(Math.max(1, time.plusMillis(999).toSeconds()));
  }
}
