package io.berth.sdl.layout;

import java.util.Comparator;

/**
 * The order of JavaScript's {@code localeCompare} in English, for what names and attribute keys are
 * made of: punctuation, then digits, then letters; upper case counts only between otherwise equal
 * texts, small letters first (Unicode's default collation). Characters beyond ASCII follow by code
 * point.
 */
final class LocaleOrder implements Comparator<String> {
  static final LocaleOrder INSTANCE = new LocaleOrder();

  private static final String PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

  private LocaleOrder() {}

  @Override
  public int compare(String a, String b) {
    int byWeight = compareBy(LocaleOrder::weight, a, b);
    return byWeight != 0 ? byWeight : compareBy(LocaleOrder::caseWeight, a, b);
  }

  private interface Weight {
    int of(char c);
  }

  private static int compareBy(Weight weight, String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      int difference = Integer.compare(weight.of(a.charAt(i)), weight.of(b.charAt(i)));
      if (difference != 0) {
        return difference;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int weight(char c) {
    int punctuation = PUNCTUATION.indexOf(c);
    return punctuation >= 0 ? punctuation : PUNCTUATION.length() + Character.toLowerCase(c);
  }

  private static int caseWeight(char c) {
    return Character.isUpperCase(c) ? 1 : 0;
  }
}
