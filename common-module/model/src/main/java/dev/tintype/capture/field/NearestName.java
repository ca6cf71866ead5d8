package dev.tintype.capture.field;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a mistyped name was meant to be. */
public final class NearestName {
  private NearestName() {}

  /** The known name that is fewest edits away, if it is near enough to be a typing mistake. */
  public static Optional<String> of(String name, Collection<String> known) {
    // More than half of a word changed is another word.
    int tolerance = Math.max(1, Math.min(3, name.length() / 2));
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= tolerance)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /** Levenshtein's distance, without regard to case; names longer than any known one are cut. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT).substring(0, Math.min(left.length(), 64));
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
