package dev.tintype.client;

/** Why a call has no result. Each kind asks for something else to be done. */
public abstract sealed class TintypeException extends RuntimeException
    permits ProblemException, ServerAwayException, StillOpenException, InterruptedCallException {
  private static final long serialVersionUID = 1;

  TintypeException(String message) {
    super(message);
  }
}
