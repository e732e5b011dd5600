package io.berth.sdl.yaml;

import io.berth.sdl.yaml.YamlValue.Place;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What unquoted scalars mean: YAML 1.2's core schema, and dates, which are not text either. */
final class Scalars {
  private static final Set<String> NULLS = Set.of("~", "null", "Null", "NULL");
  private static final Set<String> TRUTHS = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSEHOODS = Set.of("false", "False", "FALSE");
  private static final Pattern RADIX = Pattern.compile("([-+]?)0([xob])([0-9a-fA-F]+)");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Pattern DATE =
      Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][-+:.0-9Zz \\t]*)?");

  /** What always fits a long. */
  private static final int LONG_DIGITS = 18;

  private static final String SIZE_SUFFIXES = "mkKMGTP";

  /** Longer numbers are no quantity of anything. */
  private static final int MAX_DIGITS = 64;

  private Scalars() {}

  static YamlValue resolve(String text, Place place) {
    if (text.isEmpty() || NULLS.contains(text)) {
      return new YamlValue.Null(place);
    }
    if (TRUTHS.contains(text) || FALSEHOODS.contains(text)) {
      return new YamlValue.Bool(place, TRUTHS.contains(text));
    }
    return mayBeNumber(text.charAt(0))
        ? numberOrText(text, place)
        : new YamlValue.Text(place, text);
  }

  /** Most texts are words: no pattern need look at them. */
  private static boolean mayBeNumber(char first) {
    return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
  }

  private static YamlValue numberOrText(String text, Place place) {
    int digits = digits(text);
    if (digits == text.length() && digits <= LONG_DIGITS) {
      // Counts and ports: what most numbers of an SDL are needs no pattern.
      return new YamlValue.Numeric(place, BigDecimal.valueOf(Long.parseLong(text)), text);
    }
    if (isSize(text, digits)) {
      return new YamlValue.Text(place, text);
    }
    if (text.length() <= MAX_DIGITS) {
      Optional<BigDecimal> number = number(text);
      if (number.isPresent()) {
        return new YamlValue.Numeric(place, number.get(), text);
      }
    }
    return DATE.matcher(text).matches() || NOT_FINITE.matcher(text).matches()
        ? new YamlValue.Other(place, text)
        : new YamlValue.Text(place, text);
  }

  /** Nor do quantities such as {@code 512Mi}: digits and a suffix that no number ends with. */
  private static boolean isSize(String text, int digits) {
    int suffix = text.length() - digits;
    return digits > 0
        && suffix > 0
        && suffix <= 2
        && SIZE_SUFFIXES.indexOf(text.charAt(digits)) >= 0
        && (suffix == 1 || text.charAt(digits + 1) == 'i');
  }

  /** How many digits the text begins with. */
  private static int digits(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    return digits;
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      if (DECIMAL.matcher(text).matches()) {
        BigDecimal value = new BigDecimal(text);
        // An exponent can make a short text a huge number.
        return Math.abs((long) value.scale()) <= MAX_DIGITS ? Optional.of(value) : Optional.empty();
      }
      Matcher radix = RADIX.matcher(text);
      if (radix.matches()) {
        int base =
            switch (radix.group(2)) {
              case "x" -> 16;
              case "o" -> 8;
              default -> 2;
            };
        return Optional.of(new BigDecimal(new BigInteger(radix.group(1) + radix.group(3), base)));
      }
    } catch (NumberFormatException e) {
      // Digits of another radix: text after all.
    }
    return Optional.empty();
  }
}
