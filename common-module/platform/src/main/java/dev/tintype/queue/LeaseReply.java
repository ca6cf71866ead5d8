package dev.tintype.queue;

/** The queue's answer to a worker that acts under a lease. */
public enum LeaseReply {
  /** Done: the lease was good. */
  OK,
  /** Done, and the job will be tried again. Answers a failure only. */
  RETRIED,
  /** Nothing was changed: the job's client wants it no more. */
  CANCELLED,
  /**
   * Nothing was changed: the job has gone to another attempt or to a final state. Not an error, a
   * lost race.
   */
  LEASE_LOST
}
