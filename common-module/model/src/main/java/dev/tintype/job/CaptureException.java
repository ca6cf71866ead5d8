package dev.tintype.job;

import org.jspecify.annotations.Nullable;

/**
 * A capture that will give no image. It ends the attempt and is stored as the job's {@link
 * Failure}.
 */
public final class CaptureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  public CaptureException(FailureCode code, String message) {
    this(code, message, null);
  }

  public CaptureException(FailureCode code, String message, @Nullable Throwable cause) {
    super(code + ": " + message, cause);
    this.failure = new Failure(code, message);
  }

  public Failure failure() {
    return failure;
  }
}
