package dev.tintype.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a browser failure that a person can use. */
final class PlaywrightMessage {
  // Playwright prints a JavaScript object, whose first line is only "Error {".
  private static final Pattern MESSAGE = Pattern.compile("message='([^\\n]+)");

  private PlaywrightMessage() {}

  /** The first line of the message of Playwright's own error, or of any other failure. */
  static String of(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    Matcher message = MESSAGE.matcher(text);
    return message.find() ? message.group(1) : text.lines().findFirst().orElse("");
  }
}
