package dev.tintype.worker.browser;

/** No browser for a task: the old one died, and its replacement did not start. */
public final class BrowserNotStartedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrowserNotStartedException(String message, Throwable cause) {
    super(message, cause);
  }
}
