package dev.tintype.cli;

import dev.tintype.job.JobId;
import dev.tintype.request.Durations;
import java.io.IOException;
import java.time.Duration;

/**
 * Waits for a job by asking again and again, each time to be kept waiting. It outlives a server
 * that is restarted and a proxy that gives up sooner than was asked for.
 */
final class JobWatch {
  // Answers of an open job come no faster than this, whatever the server says.
  private static final Duration SHORTEST_ROUND = Duration.ofSeconds(1);

  private final ApiClient api;
  private final Progress progress;
  private final Pacing pacing;
  private final Duration limit;

  private final long begin = System.nanoTime();
  private long lastAnswer = begin;
  private int failures;
  private Duration longPoll;

  /** Begins to count the time now. */
  JobWatch(ApiClient api, Progress progress, Pacing pacing, Duration limit) {
    this.api = api;
    this.progress = progress;
    this.pacing = pacing;
    this.limit = limit;
    this.longPoll = pacing.longPoll();
  }

  /** The job at its end. */
  RemoteJob await(RemoteJob known) {
    RemoteJob job = known;
    progress.show(job);
    while (!job.isFinal()) {
      if (left().isZero()) {
        throw timedOut(job);
      }
      job = ask(job);
    }
    return job;
  }

  private RemoteJob ask(RemoteJob known) {
    long asked = System.nanoTime();
    JobId id = new JobId(known.id());
    Duration rest = Duration.ZERO;
    String trouble;
    try {
      Answer answer = api.poll(id, seconds(Pacing.shorter(longPoll, left())));
      if (!answer.isPassing()) {
        RemoteJob job = api.job(answer);
        lastAnswer = System.nanoTime();
        failures = 0;
        progress.show(job);
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
      trouble = ApiClient.reason(e);
    }
    failures++;
    if (Pacing.since(asked).compareTo(SHORTEST_ROUND) > 0) {
      // Perhaps a proxy on the way waits less than the server would.
      longPoll = Pacing.longer(SHORTEST_ROUND, longPoll.dividedBy(2));
    }
    if (Pacing.since(lastAnswer).compareTo(pacing.patience()) > 0) {
      throw away(trouble);
    }
    progress.trouble("no answer (" + trouble + "), asking again");
    rest(Pacing.longer(rest, pacing.backoff(failures)));
    return known;
  }

  private void rest(Duration time) {
    Pacing.rest(Pacing.shorter(time, left()));
  }

  private Duration left() {
    return Pacing.longer(Duration.ZERO, limit.minus(Pacing.since(begin)));
  }

  /** The API counts in whole seconds; what is left of one counts as one. */
  private static Duration seconds(Duration time) {
    return Duration.ofSeconds(Math.max(1, time.plusMillis(999).toSeconds()));
  }

  private CommandFailure timedOut(RemoteJob job) {
    return new CommandFailure(
        ExitCode.TIMED_OUT, "still " + job.state() + " after " + Durations.spell(limit));
  }

  private CommandFailure away(String trouble) {
    return new CommandFailure(
        ExitCode.SERVER_AWAY,
        "%s has not answered for %s (%s)"
            .formatted(api.server(), Durations.spell(pacing.patience()), trouble));
  }
}
