package dev.tintype.worker.browser;

/** The browser was killed on purpose during the task; a new one replaces it. */
public final class BrowserKilledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why a browser is killed. */
  public enum Reason {
    /** A limit passed: the task's deadline, the launch, the close. */
    LIMIT,
    /** The caller gave the task up. */
    ABORTED
  }

  private final Reason reason;

  BrowserKilledException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
