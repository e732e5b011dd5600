package io.berth.local.devnet.modules;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A decimal with 18 places, the Cosmos SDK's LegacyDec. Kept as the integer that also goes on the
 * wire: 1.5 is {@code 1500000000000000000}.
 *
 * @param units the value times 10^18
 */
public record Dec(BigInteger units) implements Comparable<Dec> {

  private static final int PLACES = 18;
  private static final BigInteger ONE = BigInteger.TEN.pow(PLACES);

  public static final Dec ZERO = new Dec(BigInteger.ZERO);

  /** A whole number. */
  public static Dec of(BigInteger whole) {
    return new Dec(whole.multiply(ONE));
  }

  /** A whole number. */
  public static Dec of(long whole) {
    return of(BigInteger.valueOf(whole));
  }

  /** From decimal text such as {@code 1.5}, with at most 18 places. */
  public static Dec parse(String text) {
    return new Dec(new BigDecimal(text).movePointRight(PLACES).toBigIntegerExact());
  }

  /** From the wire. Empty text is nil in Go; a nil amount is taken as zero where Go would panic. */
  public static Dec fromWire(String units) {
    return units.isEmpty() ? ZERO : new Dec(new BigInteger(units));
  }

  /** As it goes on the wire. */
  public String toWire() {
    return units.toString();
  }

  public Dec plus(Dec other) {
    return new Dec(units.add(other.units));
  }

  public Dec minus(Dec other) {
    return new Dec(units.subtract(other.units));
  }

  public Dec times(long factor) {
    return new Dec(units.multiply(BigInteger.valueOf(factor)));
  }

  public Dec min(Dec other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** The whole part; towards zero, as Go's Quo does. */
  public BigInteger truncate() {
    return units.divide(ONE);
  }

  /** The whole part, still as a decimal. */
  public Dec truncated() {
    return of(truncate());
  }

  public boolean isZero() {
    return units.signum() == 0;
  }

  public boolean isNegative() {
    return units.signum() < 0;
  }

  public boolean isPositive() {
    return units.signum() > 0;
  }

  @Override
  public int compareTo(Dec other) {
    return units.compareTo(other.units);
  }

  /** With all 18 places, as events and REST print it. */
  @Override
  public String toString() {
    return new BigDecimal(units, PLACES).toPlainString();
  }
}
