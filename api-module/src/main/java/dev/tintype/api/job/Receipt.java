package dev.tintype.api.job;

import dev.tintype.api.view.JobView;
import dev.tintype.job.Job;
import dev.tintype.queue.SubmitResult.Reason;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets for its submission.
 *
 * @param job a new one, or another that answers this submission, too
 * @param reason why another job answers; null for a new one
 * @param likely estimated time until the job is done; empty if it is not known
 * @param cacheable whether the job may answer later equal captures
 */
public record Receipt(
    Job job, @Nullable Reason reason, Optional<Duration> likely, boolean cacheable) {
  /** Says where the job is, and where it comes from. */
  void describe(HttpServerResponse response) {
    response.putHeader(HttpHeaders.LOCATION, JobView.self(job.id()));
    if (reason == Reason.REPLAYED) {
      response.putHeader("Idempotency-Replayed", "true");
    } else if (reason != null) {
      // RFC 9211; "joined" waits for the same picture, "cached" has it.
      response.putHeader(
          "Cache-Status",
          "tintype; hit; detail=" + (reason == Reason.JOINED ? "joined" : "cached"));
    } else if (cacheable) {
      response.putHeader("Cache-Status", "tintype; fwd=miss; stored");
    }
  }
}
