package io.berth.domain.funding;

import java.math.BigInteger;
import java.util.Optional;

/** Reads grants as of a block that is new enough. */
public interface GrantReader {

  /**
   * One wallet's grants, both of the same block.
   *
   * @param deposits what it may still deposit, in uact; 0 without a grant
   * @param fees what is still paid of its fees, in uakt; empty without an allowance
   */
  record State(BigInteger deposits, Optional<BigInteger> fees) {}

  /**
   * The grants after the block at {@code leastHeight} or a later one.
   *
   * @throws io.berth.domain.ledger.ChainUnavailableException if the node does not answer, or has no
   *     such block yet
   */
  State grants(String granter, String grantee, long leastHeight);
}
