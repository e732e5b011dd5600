package io.berth.domain.funding;

import java.util.List;

/**
 * A change of a wallet's grants that is under way.
 *
 * @param number the how-manieth change of this wallet's it is, from 1
 * @param references of the credits that it grants; empty if it renews the fee allowance only
 */
public record GrantChange(long number, List<String> references) {
  public GrantChange {
    references = List.copyOf(references);
  }
}
