package dev.tintype.cli.command;

import java.util.Map;

/**
 * Detects text that the JVM could not decode. It replaces what is not valid in the encoding of the
 * locale, so that a wrong page would be captured without a word.
 */
public final class ArgumentCheck {
  private static final char REPLACEMENT = '\uFFFD';

  private ArgumentCheck() {}

  /** What is wrong and how to correct it; empty if everything could be decoded. */
  public static String error(String[] arguments, Map<String, String> environment) {
    for (String argument : arguments) {
      if (argument.indexOf(REPLACEMENT) >= 0) {
        return message("argument \"" + argument + "\"");
      }
    }
    return environment.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("TINTYPE_"))
        .filter(entry -> entry.getValue().indexOf(REPLACEMENT) >= 0)
        .map(entry -> message("variable " + entry.getKey()))
        .findFirst()
        .orElse("");
  }

  private static String message(String where) {
    return where
        + " contains characters that are not valid in the encoding of the locale ("
        + System.getProperty("sun.jnu.encoding")
        + "). Use UTF-8, as in LC_ALL=C.UTF-8, or percent-encode the URL.";
  }
}
