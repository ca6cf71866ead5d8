package dev.tintype.client;

import dev.tintype.capture.field.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The answer is not what was asked for: a problem of RFC 9457, or what a proxy made of it. */
public final class ProblemException extends TintypeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String detail;
  private final transient List<FieldError> errors;
  private final Duration retryAfter;
  private final boolean isPassing;

  ProblemException(ServerAddress server, Answer answer) {
    super(message(server, answer));
    status = answer.status();
    code = answer.json().path("code").asText("");
    detail = answer.json().path("detail").asText("");
    errors = errors(answer);
    retryAfter = answer.retryAfter();
    isPassing = answer.isPassing();
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The stable word for what is wrong; empty if the answer is not the API's own. */
  public String code() {
    return code;
  }

  /** A sentence for people; empty if the answer is not the API's own. */
  public String detail() {
    return detail;
  }

  /** Every field that is wrong, by its JSON pointer; empty if the problem is not about fields. */
  public List<FieldError> errors() {
    return errors;
  }

  /** After which rest the same may work; zero if nothing was said. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** Whether the same call may work later: a full queue, a restart, a proxy alone. */
  public boolean isPassing() {
    return isPassing;
  }

  private static String message(ServerAddress server, Answer answer) {
    String detail = answer.json().path("detail").asText("");
    String errors =
        errors(answer).stream().map(FieldError::sentence).collect(Collectors.joining("; "));
    String words = errors.isEmpty() ? detail : errors;
    return words.isEmpty()
        ? server + " answers with status " + answer.status()
        : answer.json().path("code").asText("") + ": " + words;
  }

  private static List<FieldError> errors(Answer answer) {
    return FieldError.read(answer.json().path("errors"));
  }
}
