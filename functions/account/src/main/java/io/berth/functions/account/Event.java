package io.berth.functions.account;

import java.math.BigInteger;

/** Fields of what an operator or another function sends. */
final class Event {
  private Event() {}

  /**
   * A field that must be there.
   *
   * @throws IllegalArgumentException naming it if it is missing or blank
   */
  static String require(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("the event needs " + name);
    }
    return value;
  }

  /**
   * A decimal amount that must be there.
   *
   * @throws IllegalArgumentException naming it if it is missing or no whole number
   */
  static BigInteger requireAmount(String name, String value) {
    try {
      return new BigInteger(require(name, value));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number", e);
    }
  }
}
