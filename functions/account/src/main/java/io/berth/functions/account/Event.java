package io.berth.functions.account;

import java.math.BigInteger;
import java.util.Map;

/** What an operator or another function sends: names and texts. */
record Event(Map<String, String> fields) {

  /**
   * A field that must be there.
   *
   * @throws IllegalArgumentException naming it if it is missing or blank
   */
  String require(String name) {
    String value = fields.get(name);
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
  BigInteger requireAmount(String name) {
    String value = require(name);
    try {
      return new BigInteger(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number", e);
    }
  }
}
