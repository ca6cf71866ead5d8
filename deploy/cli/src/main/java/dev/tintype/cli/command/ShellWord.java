package dev.tintype.cli.command;

import java.util.regex.Pattern;

/** Writes text so that a POSIX shell reads it back as one word. */
public final class ShellWord {
  private static final Pattern HARMLESS = Pattern.compile("[\\w@%+:,./-]+");

  private ShellWord() {}

  public static String of(String text) {
    // Within single quotes nothing is special but the single quote itself.
    return HARMLESS.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
