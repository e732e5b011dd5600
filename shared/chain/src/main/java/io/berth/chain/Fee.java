package io.berth.chain;

import io.berth.domain.akash.Coin;
import java.util.List;
import java.util.Optional;

/**
 * What a transaction pays.
 *
 * @param amount coins, usually uakt
 * @param gasLimit most gas that it may use, not negative
 * @param granter address that pays by a fee allowance; empty when the signer does
 */
public record Fee(List<Coin> amount, long gasLimit, Optional<String> granter) {
  public Fee {
    amount = List.copyOf(amount);
    if (gasLimit < 0) {
      throw new IllegalArgumentException("gas limit " + gasLimit);
    }
  }

  static final Fee NONE = new Fee(List.of(), 0, Optional.empty());
}
