package dev.tintype.cli.command;

import java.util.regex.Pattern;

/**
 * Text of others, as a terminal may be given it: shown, and not obeyed. A control character becomes
 * its escape, which in JSON means the same character.
 */
public final class Visible {
  // Those of one byte and of two, by which some terminals are commanded, too.
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t]]");

  private Visible() {}

  /** One line, whatever is in it. */
  public static String line(String text) {
    return CONTROL
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}
