package io.berth.domain.akash;

import java.math.BigInteger;

/**
 * An amount of money on the chain.
 *
 * @param denom denomination, such as {@code uact} (a millionth of an ACT, that is of a US dollar)
 *     or {@code uakt} (a millionth of an AKT)
 * @param amount whole units of {@code denom}
 */
public record Coin(String denom, BigInteger amount) {

  /** The denomination of deposits and prices. 1 ACT buys compute for 1 US dollar. */
  public static final String UACT = "uact";

  /** The denomination of fees. */
  public static final String UAKT = "uakt";

  public static Coin uact(long amount) {
    return new Coin(UACT, BigInteger.valueOf(amount));
  }

  public static Coin uakt(long amount) {
    return new Coin(UAKT, BigInteger.valueOf(amount));
  }
}
