package dev.tintype.cli.batch;

import dev.tintype.client.Pacing;
import dev.tintype.client.ProblemException;
import dev.tintype.client.RemoteJob;
import dev.tintype.client.TintypeClient;
import java.time.Duration;

/** Makes jobs of pages: each by a request of its own. Thread-safe. */
final class PageSubmission {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration SHORTEST_REST = Duration.ofSeconds(1);

  private final TintypeClient client;

  PageSubmission(TintypeClient client) {
    this.client = client;
  }

  /**
   * Makes a job, or finds the one that was made.
   *
   * @param rounds how often a job of this page has ended without an image: another job is wanted
   */
  RemoteJob submit(BatchPage page, int rounds) {
    String key = rounds == 0 ? page.key() : page.key() + "-" + rounds;
    while (true) {
      try {
        return client.submit(page.capture(), key);
      } catch (ProblemException problem) {
        // The client has rested and tried as it does for everybody. A server that has no room is
        // well, and a batch has time.
        if (problem.status() != TOO_MANY_REQUESTS) {
          throw problem;
        }
        Pacing.rest(Pacing.longer(SHORTEST_REST, problem.retryAfter()));
      }
    }
  }
}
