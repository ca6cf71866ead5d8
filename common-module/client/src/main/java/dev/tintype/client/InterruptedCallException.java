package dev.tintype.client;

/**
 * The thread was interrupted while it waited; it still is. What was submitted goes on without it.
 */
public final class InterruptedCallException extends TintypeException {
  private static final long serialVersionUID = 1;

  /** Restores the interrupt flag of the thread, which catching the exception cleared. */
  public InterruptedCallException() {
    super("interrupted");
    Thread.currentThread().interrupt();
  }
}
