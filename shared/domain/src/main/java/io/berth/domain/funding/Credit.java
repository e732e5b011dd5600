package io.berth.domain.funding;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * Money that a user may spend from now on.
 *
 * @param reference names the payment; there is one credit per user and reference
 * @param uact how much, in uact
 * @param grantedBy hash of the transaction that granted it; empty until it is in a block
 */
public record Credit(
    String userId, String reference, BigInteger uact, Instant at, Optional<String> grantedBy) {

  /** This credit, granted. */
  public Credit grantedBy(String hash) {
    return new Credit(userId, reference, uact, at, Optional.of(hash));
  }
}
