package io.berth.local.providers.bidding;

import io.berth.proto.akash.base.resources.v1beta4.ResourceValue;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts of resources as the chain writes them: decimal digits as bytes. */
final class Quantities {
  private Quantities() {}

  static BigInteger integer(ResourceValue value) {
    String digits = value.getVal().toStringUtf8();
    return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
  }

  static BigDecimal decimal(ResourceValue value) {
    return new BigDecimal(integer(value));
  }
}
