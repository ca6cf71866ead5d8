package dev.tintype.request;

import java.util.List;
import java.util.stream.Collectors;

/** A capture that cannot be read. Carries everything that is wrong with it, never empty. */
public final class InvalidCaptureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<FieldError> errors;

  public InvalidCaptureException(List<FieldError> errors) {
    this.errors = List.copyOf(errors);
  }

  @Override
  public String getMessage() {
    return errors.stream()
        .map(e -> e.pointer().isEmpty() ? "the body " + e.detail() : e.pointer() + " " + e.detail())
        .collect(Collectors.joining("; "));
  }

  public List<FieldError> errors() {
    return errors;
  }
}
