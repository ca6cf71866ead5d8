package dev.tintype.queue;

/** What became of a request to cancel. */
public enum CancelReply {
  /** The job is cancelled, by this call or before. */
  CANCELLED,
  /** The job had finished before in another way. */
  FINISHED,
  /** There is no such job. */
  UNKNOWN
}
