package dev.tintype.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tintype.request.CaptureField;
import dev.tintype.request.FieldError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An answer that is not what was asked for (RFC 9457, or what a proxy made of it), in the words of
 * the command line.
 */
record Problem(Answer answer) {

  CommandFailure failure(ServerAddress server) {
    return new CommandFailure(exitCode(), lines(server));
  }

  private String code() {
    return answer.json().path("code").asText("");
  }

  private ExitCode exitCode() {
    if (answer.status() >= 500) {
      return ExitCode.SERVER_AWAY;
    }
    return switch (code()) {
      case "capture_failed" -> ExitCode.CAPTURE_FAILED;
      // The capture is well-formed; it is the operator who does not want it.
      case "egress_refused" -> ExitCode.REFUSED;
      default ->
          switch (answer.status()) {
            case 400, 413, 414, 422 -> ExitCode.USAGE;
            default -> ExitCode.REFUSED;
          };
    };
  }

  private List<String> lines(ServerAddress server) {
    List<String> lines = new ArrayList<>();
    for (JsonNode error : answer.json().path("errors")) {
      lines.add(
          line(new FieldError(error.path("pointer").asText(), error.path("detail").asText())));
    }
    if (lines.isEmpty()) {
      String detail = answer.json().path("detail").asText("");
      lines.add(detail.isEmpty() ? server + " answers with status " + answer.status() : detail);
    }
    if (code().isEmpty() || code().equals("route_not_found")) {
      lines.add("Is " + server + " a tintype server? Name another with --server.");
    } else if (answer.isPassing()) {
      String when =
          answer.retryAfter().isZero() ? "later" : "in " + answer.retryAfter().toSeconds() + " s";
      lines.add("Try again " + when + "; " + server + " is there, but cannot do this now.");
    }
    return lines;
  }

  /** An error under the name that the field has on the command line. */
  static String line(FieldError error) {
    return Arrays.stream(CaptureField.values())
        .filter(field -> field.pointer().equals(error.pointer()))
        .map(field -> CaptureFlags.name(field) + ": " + error.detail())
        .findFirst()
        .orElseGet(
            () ->
                error.pointer().isEmpty()
                    ? "the capture " + error.detail()
                    : error.pointer() + ": " + error.detail());
  }
}
