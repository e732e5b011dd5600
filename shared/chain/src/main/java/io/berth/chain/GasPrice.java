package io.berth.chain;

import io.berth.domain.akash.Coin;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The price of one unit of gas.
 *
 * @param amount in {@code denom}, usually well below one
 */
public record GasPrice(BigDecimal amount, String denom) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)([a-zA-Z][\\w/:.-]{2,127})");

  /**
   * Reads a price such as {@code 0.025uakt}.
   *
   * @throws IllegalArgumentException if the text is not an amount and a denomination
   */
  public static GasPrice parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a gas price: " + text);
    }
    return new GasPrice(new BigDecimal(matcher.group(1)), matcher.group(2));
  }

  /** The price of {@code gas} units, rounded up to a whole coin as validators demand. */
  public Coin of(long gas) {
    BigDecimal price = amount.multiply(BigDecimal.valueOf(gas));
    return new Coin(denom, price.setScale(0, RoundingMode.CEILING).unscaledValue());
  }

  /** {@code used} gas with room to grow, rounded up. */
  static long limit(long used, BigDecimal multiplier) {
    return multiplier
        .multiply(BigDecimal.valueOf(used))
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }
}
