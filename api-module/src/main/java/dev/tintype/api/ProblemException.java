package dev.tintype.api;

import dev.tintype.job.Failure;
import dev.tintype.request.FieldError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  ProblemException(ProblemCode code, String detail) {
    this(new Problem(code, detail, List.of(), null, null));
  }

  ProblemException(ProblemCode code, String detail, List<FieldError> errors) {
    this(new Problem(code, detail, errors, null, null));
  }

  Problem problem() {
    return problem;
  }

  /**
   * What goes to the client.
   *
   * @param errors each field that is wrong
   * @param failure why a capture failed
   * @param retryAfter when it is worth asking again
   */
  record Problem(
      ProblemCode code,
      String detail,
      List<FieldError> errors,
      @Nullable Failure failure,
      @Nullable Duration retryAfter) {
    Problem {
      errors = List.copyOf(errors);
    }
  }
}
