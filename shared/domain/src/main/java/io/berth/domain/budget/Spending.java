package io.berth.domain.budget;

import java.math.BigInteger;

/**
 * What transactions cost.
 *
 * @param fees in uakt
 * @param deposits in uact
 */
public record Spending(BigInteger fees, BigInteger deposits) {
  public static final Spending NONE = new Spending(BigInteger.ZERO, BigInteger.ZERO);

  /** Both together. */
  public Spending plus(Spending other) {
    return new Spending(fees.add(other.fees), deposits.add(other.deposits));
  }
}
