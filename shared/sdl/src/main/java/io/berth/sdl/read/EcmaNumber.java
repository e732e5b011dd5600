package io.berth.sdl.read;

import java.math.BigDecimal;

/** Numbers as JavaScript prints them (ECMA-262, Number::toString): what Console makes of them. */
final class EcmaNumber {
  private static final int LONGEST = 21;
  private static final int MOST_ZEROS = -6;

  private EcmaNumber() {}

  static String text(double number) {
    if (number == 0) {
      return "0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    String sign = number < 0 ? "-" : "";
    String digits = shortest.unscaledValue().toString();
    // The point stands after so many digits.
    int point = digits.length() - shortest.scale();
    return point > MOST_ZEROS && point <= LONGEST
        ? sign + shortest.toPlainString()
        : sign + scientific(digits, point - 1);
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }
}
