package dev.tintype.cli.command;

import dev.tintype.client.ServerAddress;
import java.nio.charset.StandardCharsets;

/** A request as a command for a POSIX shell. */
public final class CurlCommand {
  // Linux takes no single argument of 128 KiB or more.
  private static final int LONGEST_ARGUMENT = 100_000;

  private CurlCommand() {}

  public static String of(ServerAddress server, ApiRequest request) {
    String url = ShellWord.of(server.resolve(request.path()).toString());
    String output = request.output() == null ? "" : " -o " + ShellWord.of(request.output());
    if (request.body() == null) {
      // curl itself chooses GET without a body.
      String method = request.method().equals("GET") ? "" : "-X " + request.method() + " ";
      return "curl -sS " + (request.isStream() ? "-N " : "") + method + url + output;
    }
    String command = "curl -sS -H 'Content-Type: application/json' " + url + output;
    String body = request.body().toString();
    if (body.getBytes(StandardCharsets.UTF_8).length < LONGEST_ARGUMENT) {
      return command + " --data-raw " + ShellWord.of(body);
    }
    // The body is JSON on one line, so that no line of it can be the end mark.
    return command + " --data-binary @- <<'END_OF_CAPTURE'\n" + body + "\nEND_OF_CAPTURE";
  }
}
