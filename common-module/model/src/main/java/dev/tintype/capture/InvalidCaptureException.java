package dev.tintype.capture;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A capture, or a batch of them, that cannot be read. Carries everything that is wrong with it,
 * never empty.
 */
public final class InvalidCaptureException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int MOST_TOLD = 10;

  private final transient List<FieldError> errors;

  public InvalidCaptureException(List<FieldError> errors) {
    this.errors = List.copyOf(errors);
  }

  @Override
  public String getMessage() {
    String first =
        errors.stream()
            .limit(MOST_TOLD)
            .map(
                e ->
                    e.pointer().isEmpty()
                        ? "the body " + e.detail()
                        : e.pointer() + " " + e.detail())
            .collect(Collectors.joining("; "));
    return errors.size() <= MOST_TOLD
        ? first
        : first + "; and " + (errors.size() - MOST_TOLD) + " more";
  }

  public List<FieldError> errors() {
    return errors;
  }
}
