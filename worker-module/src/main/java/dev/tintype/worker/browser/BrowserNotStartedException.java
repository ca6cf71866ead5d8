package dev.tintype.worker.browser;

/** There is no browser for a task: the old one is gone, and another did not start. */
public final class BrowserNotStartedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrowserNotStartedException(String message, Throwable cause) {
    super(message, cause);
  }
}
