package dev.tintype.cli.command;

import java.util.Map;
import picocli.CommandLine;

/** Fits help texts to the terminal. */
public final class HelpWidth {
  private static final int DEFAULT = 80;
  // picocli needs 55; longer lines than 120 are hard to read.
  private static final int NARROWEST = 55;
  private static final int WIDEST = 120;

  private HelpWidth() {}

  /** Uses {@code COLUMNS}, else the width of the terminal, else 80. */
  public static void set(CommandLine line, Map<String, String> environment) {
    line.setUsageHelpLongOptionsMaxWidth(24);
    String columns = environment.getOrDefault("COLUMNS", "");
    if (columns.matches("[1-9][0-9]{0,4}")) {
      int width = Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns)));
      line.setUsageHelpWidth(width);
      return;
    }
    line.setUsageHelpWidth(DEFAULT);
    // Asks stty, and only when help is printed. Without a terminal the default remains.
    line.setUsageHelpAutoWidth(Terminal.isConsole());
  }
}
