package dev.tintype.api.http;

import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.capture.field.FieldError;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client calls its submission, so that it can send it again. */
public final class IdempotencyKey {
  // As Stripe's; room for a name, a date and a UUID.
  private static final int LONGEST = 255;

  private IdempotencyKey() {}

  /** The key of a request; null if it has none. */
  public static @Nullable String of(HttpServerRequest request) {
    String key = request.getHeader("Idempotency-Key");
    if (key != null && (key.isBlank() || key.length() > LONGEST)) {
      String detail = "is %d characters long; allowed is 1 to %d".formatted(key.length(), LONGEST);
      throw new RequestProblem(
          ProblemCode.INVALID_PARAMETER,
          "header Idempotency-Key " + detail,
          List.of(new FieldError("/Idempotency-Key", detail)));
    }
    return key;
  }
}
