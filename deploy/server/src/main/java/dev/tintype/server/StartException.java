package dev.tintype.server;

/**
 * A process cannot start for a reason that its operator can do something about; the message says
 * what.
 */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }

  StartException(String message) {
    super(message);
  }
}
