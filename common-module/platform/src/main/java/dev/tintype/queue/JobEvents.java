package dev.tintype.queue;

import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;

/**
 * Tells those who wait that it is worth looking again. A hint, not a record: after a broken
 * connection every listener is called once, and a caller that must not miss anything registers
 * first, looks, and then waits for a bounded time.
 *
 * <p>Thread-safe. Listeners run on the context that they were registered on.
 */
public interface JobEvents {
  /** Calls back when the job reaches a final state. */
  Registration onFinished(JobId id, Runnable listener);

  /** Calls back when the last job of the batch does. */
  Registration onFinished(BatchId id, Runnable listener);

  /**
   * Calls back when a job is queued, of any tenant, and a claim was given nothing before. One call
   * may stand for many jobs: who is given one claims again, until it is given none.
   */
  Registration onQueued(Runnable listener);

  /**
   * Calls back when something happens to a job of a tenant that is followed: {@link TenantEvents}.
   */
  Registration onEvent(Tenant tenant, Runnable listener);

  /** The listener's place; closing it ends the calls. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
