package io.berth.sdl.read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Units of the SDL, in exact arithmetic (chain-protocol.md §4.4). The SDKs multiply in binary
 * floating point, so a few fractions come out otherwise there: Go makes 1004 thousandths of 1.005
 * cores and 1,000,999,999 bytes of 1.001G. Nobody means that, and groups, manifest and hash come
 * from one arithmetic here, so providers see no difference.
 */
final class Quantities {
  private static final Pattern NUMBER_AND_SUFFIX =
      Pattern.compile("([0-9]{1,30}(?:\\.[0-9]{1,30})?)([a-zA-Z]*)");
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final Map<String, BigInteger> SUFFIXES =
      Map.ofEntries(
          Map.entry("k", BigInteger.TEN.pow(3)),
          Map.entry("m", BigInteger.TEN.pow(6)),
          Map.entry("g", BigInteger.TEN.pow(9)),
          Map.entry("t", BigInteger.TEN.pow(12)),
          Map.entry("p", BigInteger.TEN.pow(15)),
          Map.entry("e", BigInteger.TEN.pow(18)),
          Map.entry("ki", BigInteger.ONE.shiftLeft(10)),
          Map.entry("mi", BigInteger.ONE.shiftLeft(20)),
          Map.entry("gi", BigInteger.ONE.shiftLeft(30)),
          Map.entry("ti", BigInteger.ONE.shiftLeft(40)),
          Map.entry("pi", BigInteger.ONE.shiftLeft(50)),
          Map.entry("ei", BigInteger.ONE.shiftLeft(60)));

  private Quantities() {}

  /**
   * A size in bytes, maybe with a fraction.
   *
   * @param anyCase whether {@code 2gi} is {@code 2Gi}, as Console reads it
   */
  static Optional<BigDecimal> bytes(String text, boolean anyCase) {
    Matcher matcher = NUMBER_AND_SUFFIX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String suffix = matcher.group(2);
    String folded = suffix.toLowerCase(Locale.ROOT);
    boolean proper = anyCase || suffix.equals(canonical(folded));
    return proper && SUFFIXES.containsKey(folded)
        ? Optional.of(
            new BigDecimal(matcher.group(1)).multiply(new BigDecimal(SUFFIXES.get(folded))))
        : Optional.empty();
  }

  /** {@code k} is written small, every other suffix with a capital. */
  private static String canonical(String folded) {
    return folded.isEmpty() || folded.equals("k")
        ? folded
        : folded.substring(0, 1).toUpperCase(Locale.ROOT) + folded.substring(1);
  }

  /** Thousandths of a core from {@code 100m} or a number of cores; empty if they are not whole. */
  static Optional<BigInteger> milliCpu(String text) {
    Matcher matcher = NUMBER_AND_SUFFIX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    return switch (matcher.group(2)) {
      case "" -> whole(number.multiply(THOUSAND));
      case "m" -> whole(number);
      default -> Optional.empty();
    };
  }

  /** The number as an integer, if it is one. */
  static Optional<BigInteger> whole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0
        ? Optional.of(number.toBigIntegerExact())
        : Optional.empty();
  }
}
