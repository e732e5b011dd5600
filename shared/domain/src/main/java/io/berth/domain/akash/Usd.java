package io.berth.domain.akash;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** US dollars as users write them, and what they are on the chain. */
public final class Usd {
  private Usd() {}

  /** The coin that so many dollars buy: 1 USD is 1 ACT is 1,000,000 uact. Rounded half up. */
  public static Coin toUact(BigDecimal usd) {
    return new Coin(
        Coin.UACT, usd.movePointRight(6).setScale(0, RoundingMode.HALF_UP).toBigIntegerExact());
  }
}
