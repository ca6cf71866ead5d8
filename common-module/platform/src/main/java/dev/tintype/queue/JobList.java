package dev.tintype.queue;

import dev.tintype.job.Job;
import dev.tintype.job.JobId;
import dev.tintype.job.JobState;
import dev.tintype.job.Tenant;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The jobs of a tenant, to be looked through. Thread-safe; answers on the caller's context. */
public interface JobList {
  /** The jobs that the filter lets pass, the newest first. */
  Future<Page> list(Tenant tenant, Filter filter);

  /**
   * Which jobs, and how many.
   *
   * @param state null for any
   * @param host that is captured, as the address of the page has it, in small letters; null for any
   * @param since when they were submitted at the earliest; null for any time
   * @param until when they were submitted, before this; null for any time
   * @param cursor of the page before; null for the first
   * @param limit at most so many, 1 to 1,000
   */
  record Filter(
      @Nullable JobState state,
      @Nullable String host,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable JobId cursor,
      int limit) {
    public Filter {
      if (limit < 1 || limit > 1_000) {
        throw new IllegalArgumentException("limit is " + limit + "; allowed is 1 to 1,000");
      }
    }
  }

  /**
   * Some jobs.
   *
   * @param jobs may be fewer than the limit, and none, while there is a cursor: a call looks for a
   *     quarter of a second or so
   * @param cursor for those after them; null if there are none
   */
  record Page(List<Job> jobs, @Nullable JobId cursor) {
    public Page {
      jobs = List.copyOf(jobs);
    }
  }
}
