package dev.tintype.cli;

import java.nio.charset.StandardCharsets;

/** The submission of a capture as a command for a POSIX shell. */
final class CurlCommand {
  // Linux takes no single argument of 128 KiB or more.
  private static final int LONGEST_ARGUMENT = 100_000;

  private CurlCommand() {}

  static String of(ServerAddress server, String body) {
    String command =
        "curl -sS -H 'Content-Type: application/json' "
            + ShellWord.of(server.resolve("/v1/jobs").toString());
    if (body.getBytes(StandardCharsets.UTF_8).length < LONGEST_ARGUMENT) {
      return command + " --data-raw " + ShellWord.of(body);
    }
    // The body is JSON on one line, so that no line of it can be the end mark.
    return command + " --data-binary @- <<'END_OF_CAPTURE'\n" + body + "\nEND_OF_CAPTURE";
  }
}
