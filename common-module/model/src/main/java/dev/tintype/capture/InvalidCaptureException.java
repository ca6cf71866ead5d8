package dev.tintype.capture;

import dev.tintype.capture.field.FieldError;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A capture, or a batch of them, that cannot be read. Carries every error; there is at least one.
 */
public final class InvalidCaptureException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int MAX_IN_MESSAGE = 10;

  private final transient List<FieldError> errors;

  public InvalidCaptureException(List<FieldError> errors) {
    this.errors = List.copyOf(errors);
  }

  /** Throws, if there is something wrong. */
  public static void throwIfAny(List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw new InvalidCaptureException(errors);
    }
  }

  @Override
  public String getMessage() {
    String first =
        errors.stream()
            .limit(MAX_IN_MESSAGE)
            .map(FieldError::sentence)
            .collect(Collectors.joining("; "));
    return errors.size() <= MAX_IN_MESSAGE
        ? first
        : first + "; and " + (errors.size() - MAX_IN_MESSAGE) + " more";
  }

  public List<FieldError> errors() {
    return errors;
  }
}
