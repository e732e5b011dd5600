package io.berth.sdl.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which known name an unknown one was meant to be. */
final class Spelling {
  private static final int LONGEST_GUESSED = 40;

  private Spelling() {}

  /** The known name at most two edits away, if the name is longer than those edits. */
  static Optional<String> nearest(String name, Collection<String> known) {
    if (name.length() > LONGEST_GUESSED) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= Math.min(2, name.length() - 1))
        .min(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's distance, row by row. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
