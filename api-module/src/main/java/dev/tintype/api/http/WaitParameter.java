package dev.tintype.api.http;

import dev.tintype.api.problem.ProblemCode;
import dev.tintype.api.problem.RequestProblem;
import dev.tintype.capture.field.FieldError;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a client would wait: {@code ?wait=N} or {@code Prefer: wait=N} (RFC 7240), seconds, cut
 * to what the server allows.
 */
public final class WaitParameter {
  private static final Pattern PREFERENCE =
      Pattern.compile("(?:^|[,;\\s])wait=(\\d{1,9})(?:$|[,;\\s])");

  private WaitParameter() {}

  public static Duration ofQuery(RoutingContext ctx, Duration maxWait) {
    String text = ctx.queryParams().get("wait");
    if (text == null) {
      return Duration.ZERO;
    }
    if (!text.matches("\\d{1,9}")) {
      String detail =
          "is \""
              + text
              + "\"; allowed is a whole number of seconds, of which up to "
              + maxWait.toSeconds()
              + " are granted";
      throw new RequestProblem(
          ProblemCode.INVALID_PARAMETER,
          "wait " + detail,
          List.of(new FieldError("/wait", detail)));
    }
    return granted(text, maxWait);
  }

  /**
   * What was preferred, if anything; a preference that cannot be read is ignored, as the RFC wants
   * it.
   */
  public static Optional<Duration> ofPreference(@Nullable String prefer, Duration maxWait) {
    if (prefer == null) {
      return Optional.empty();
    }
    Matcher matcher = PREFERENCE.matcher(prefer);
    return matcher.find() ? Optional.of(granted(matcher.group(1), maxWait)) : Optional.empty();
  }

  private static Duration granted(String seconds, Duration maxWait) {
    Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
    return asked.compareTo(maxWait) < 0 ? asked : maxWait;
  }
}
