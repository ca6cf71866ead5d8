package dev.tintype.queue;

import dev.tintype.capture.BatchRequest;
import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch that is about to be stored.
 *
 * @param jobs names of the jobs, one for each capture
 * @param idempotencyKey what the client calls this submission, so that it can be sent again; null
 *     if it has no name for it
 */
public record NewBatch(
    BatchId id,
    Tenant tenant,
    TenantPlan plan,
    List<JobId> jobs,
    BatchRequest request,
    @Nullable String idempotencyKey) {
  public NewBatch {
    jobs = List.copyOf(jobs);
    if (jobs.size() != request.captures().size()) {
      throw new IllegalArgumentException(
          "%d names for %d captures".formatted(jobs.size(), request.captures().size()));
    }
  }
}
