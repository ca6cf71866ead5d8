package dev.tintype.client;

/**
 * The thread was interrupted while it waited; it still is. What was submitted goes on without it.
 */
public final class InterruptedCallException extends TintypeException {
  private static final long serialVersionUID = 1;

  /** Sets the thread's mark of having been interrupted, which whoever caught it has taken away. */
  public InterruptedCallException() {
    super("interrupted");
    Thread.currentThread().interrupt();
  }
}
