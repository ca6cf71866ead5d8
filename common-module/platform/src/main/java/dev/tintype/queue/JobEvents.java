package dev.tintype.queue;

import dev.tintype.job.BatchId;
import dev.tintype.job.JobId;
import dev.tintype.job.Tenant;

/**
 * Notifies listeners that it is worth looking again. Notifications can be lost: after a broken
 * connection every listener is called once, and a caller that must not miss anything registers
 * first, then looks, then waits for a bounded time.
 *
 * <p>Thread-safe. Listeners run on the context that they were registered on.
 */
public interface JobEvents {
  /** Calls back when the job reaches a final state. */
  Registration onFinished(JobId id, Runnable listener);

  /** Calls back when the last job of the batch reaches a final state. */
  Registration onFinished(BatchId id, Runnable listener);

  /**
   * Calls back when a job of any tenant is queued after a claim found none. One call may stand for
   * many jobs: the caller claims until a claim finds none.
   */
  Registration onQueued(Runnable listener);

  /**
   * Calls back when something happens to a job of a tenant that is followed: {@link TenantEvents}.
   */
  Registration onEvent(Tenant tenant, Runnable listener);

  /** A registered listener; closing it ends the calls. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
