package dev.tintype.cli.command;

import dev.tintype.capture.CaptureOptions;
import dev.tintype.capture.Input;
import dev.tintype.capture.field.Field;
import dev.tintype.capture.field.FieldError;
import dev.tintype.capture.field.Place;
import dev.tintype.client.ProblemException;
import dev.tintype.client.ServerAddress;
import dev.tintype.client.ServerAwayException;
import dev.tintype.client.TintypeException;
import java.util.ArrayList;
import java.util.List;

/** What went wrong with the server, in the words of the command line. */
public final class Explanation {
  private Explanation() {}

  public static CommandFailure of(TintypeException failure, ServerAddress server) {
    if (failure instanceof ProblemException problem) {
      return new CommandFailure(exitCode(problem), lines(problem, server));
    }
    if (failure instanceof ServerAwayException away) {
      List<String> lines = new ArrayList<>(List.of(away.getMessage()));
      if (!away.wasThere()) {
        lines.add("Start one with: tintype serve");
        lines.add("Or name one with --server or " + EnvironmentDefaults.variable("--server") + ".");
      }
      return new CommandFailure(ExitCode.SERVER_AWAY, lines);
    }
    return new CommandFailure(ExitCode.TIMED_OUT, String.valueOf(failure.getMessage()));
  }

  /** Name of a field on the command line. The URL is an argument, not a flag. */
  public static String name(Field<?> field) {
    return field == Input.URL ? "URL" : Place.COMMAND_LINE.nameOf(field);
  }

  private static ExitCode exitCode(ProblemException problem) {
    if (problem.status() >= 500) {
      return ExitCode.SERVER_AWAY;
    }
    return switch (problem.code()) {
      case "capture_failed" -> ExitCode.CAPTURE_FAILED;
      // The capture is well-formed; it is the operator who does not want it.
      case "egress_refused" -> ExitCode.REFUSED;
      default ->
          switch (problem.status()) {
            case 400, 413, 414, 422 -> ExitCode.USAGE;
            default -> ExitCode.REFUSED;
          };
    };
  }

  private static List<String> lines(ProblemException problem, ServerAddress server) {
    List<String> lines = new ArrayList<>();
    for (FieldError error : problem.errors()) {
      lines.add(
          switch (problem.code()) {
            case "invalid_webhook" -> webhook(error);
            // Of a query, or a header: no field of a capture, whatever its name.
            case "invalid_parameter" ->
                error.pointer().replaceFirst("^/", "") + " " + error.detail();
            default -> line(error);
          });
    }
    if (lines.isEmpty()) {
      lines.add(
          problem.detail().isEmpty() ? String.valueOf(problem.getMessage()) : problem.detail());
    }
    if (problem.code().isEmpty() || problem.code().equals("route_not_found")) {
      lines.add("Is " + server + " a tintype server? Name another with --server.");
    } else if (problem.isPassing()) {
      String when =
          problem.retryAfter().isZero() ? "later" : "in " + problem.retryAfter().toSeconds() + " s";
      lines.add("Try again " + when + "; " + server + " is there, but cannot do this now.");
    }
    return lines.stream().map(Explanation::inCommands).toList();
  }

  /** Replaces advice to send a request by the command that sends it. */
  static String inCommands(String advice) {
    return advice
        .replaceAll(
            "PUT /v1/webhooks/secrets/([a-z0-9_-]+)", "\"tintype webhook secret $1 --create\"")
        .replaceAll("POST /v1/webhooks/endpoints\\b", "\"tintype webhook endpoints --add URL\"");
  }

  /** An error in the settings of webhooks, under the name of the flag that sets it. */
  private static String webhook(FieldError error) {
    return switch (error.pointer()) {
      case "" -> error.detail();
      case "/url" -> "--add: " + error.detail();
      case "/name" -> "NAME: " + error.detail();
      default -> error.pointer().replaceFirst("^/", "--") + ": " + error.detail();
    };
  }

  /** An error under the name that the field has on the command line. */
  public static String line(FieldError error) {
    FieldError renamed = CaptureOptions.TABLE.renamed(error, Place.COMMAND_LINE);
    String subject = renamed.name().isEmpty() ? "The capture" : renamed.name();
    // The address is an argument.
    return (subject + " " + renamed.detail()).replaceAll("(?<![\\w-])--url(?![\\w-])", "URL");
  }
}
