package dev.tintype.api.submission;

import dev.tintype.api.http.RetryAfter;
import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem.Problem;
import dev.tintype.queue.SubmitResult;
import dev.tintype.queue.SubmitResult.Full;
import dev.tintype.queue.SubmitResult.KeyReused;
import dev.tintype.queue.SubmitResult.Throttled;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the queue did not take a submission, in words for its client. */
public record Refusal(Problem problem) {
  public static Refusal of(SubmitResult result) {
    if (result instanceof Full full) {
      return full.ofTenant()
          ? refusal(
              ProblemCode.TOO_MANY_WAITING,
              full.waiting()
                  + " of your jobs wait, and there is no room for more; nothing was stored",
              RetryAfter.ofLikely(full.retryAfter()))
          : refusal(
              ProblemCode.QUEUE_FULL,
              full.waiting()
                  + " jobs wait in all, and there is no room for more; nothing was stored",
              RetryAfter.ofLikely(full.retryAfter()));
    }
    if (result instanceof Throttled throttled) {
      return refusal(
          ProblemCode.TOO_FAST,
          "you submit faster than you may; nothing was stored",
          throttled.retryAfter());
    }
    if (result instanceof KeyReused reused) {
      return refusal(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "the Idempotency-Key stands for another submission, that of "
              + reused.first()
              + "; a new one needs a new key",
          null);
    }
    throw new IllegalStateException(result + " is no refusal");
  }

  private static Refusal refusal(ProblemCode code, String detail, @Nullable Duration retryAfter) {
    return new Refusal(new Problem(code, detail, List.of(), null, retryAfter));
  }
}
