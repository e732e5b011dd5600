package io.berth.chain;

import java.math.BigDecimal;
import java.math.BigInteger;

/** The chain's {@code LegacyDec}: on the wire, the digits of the value times 10^18. */
final class Decimals {
  private static final int SCALE = 18;

  private Decimals() {}

  /**
   * The wire form.
   *
   * @throws ArithmeticException if the value has more than 18 decimals
   */
  static String encode(BigDecimal value) {
    return value.setScale(SCALE).unscaledValue().toString();
  }

  /**
   * The value, without trailing zeros behind the point, so that equal values are equal objects. No
   * digits at all is how Go writes a number that was never set: zero.
   *
   * @throws NumberFormatException if the text is not an integer
   */
  static BigDecimal decode(String digits) {
    if (digits.isEmpty()) {
      return BigDecimal.ZERO;
    }
    BigDecimal value = new BigDecimal(new BigInteger(digits), SCALE).stripTrailingZeros();
    return value.scale() < 0 ? value.setScale(0) : value;
  }
}
