package dev.tintype.queue;

/**
 * The queue cannot be reached, did not answer in time, or refuses to write. Worth a retry: the API
 * says 503, a worker backs off.
 */
public final class QueueUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public QueueUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
