package dev.tintype.capture;

/** A stored capture that this build does not understand, because a newer build stored it. */
public final class UnreadableCaptureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int version;

  UnreadableCaptureException(int version, String message) {
    super(message);
    this.version = version;
  }

  /** The version that the capture was stored in. */
  public int version() {
    return version;
  }
}
