package dev.tintype.api.problem;

import dev.tintype.capture.field.FieldError;
import dev.tintype.job.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
public final class RequestProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  public RequestProblem(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  public RequestProblem(ProblemCode code, String detail) {
    this(new Problem(code, detail, List.of()));
  }

  public RequestProblem(ProblemCode code, String detail, List<FieldError> errors) {
    this(new Problem(code, detail, errors));
  }

  public Problem problem() {
    return problem;
  }

  /**
   * What goes to the client.
   *
   * @param headers beside those that every problem has
   * @param errors each field that is wrong
   * @param failure why a capture failed
   */
  public record Problem(
      ProblemCode code,
      String detail,
      Map<String, String> headers,
      List<FieldError> errors,
      @Nullable Failure failure) {
    public Problem {
      headers = Map.copyOf(headers);
      errors = List.copyOf(errors);
    }

    public Problem(ProblemCode code, String detail, List<FieldError> errors) {
      this(code, detail, Map.of(), errors, null);
    }

    /** One that is worth asking again about after a time. */
    public Problem(
        ProblemCode code,
        String detail,
        List<FieldError> errors,
        @Nullable Failure failure,
        @Nullable Duration retryAfter) {
      this(
          code,
          detail,
          retryAfter == null
              ? Map.of()
              : Map.of("Retry-After", Long.toString(retryAfter.plusMillis(999).toSeconds())),
          errors,
          failure);
    }
  }
}
