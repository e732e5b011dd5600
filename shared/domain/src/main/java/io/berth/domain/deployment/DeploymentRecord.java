package io.berth.domain.deployment;

import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DeploymentId;
import java.time.Instant;

/**
 * What Berth itself keeps of a deployment: the user's intent, and what providers must be sent.
 *
 * @param dseq the owner's number for it, chosen once before any transaction exists
 * @param requestId of the request that created it
 * @param owner bech32 address of the user's wallet
 * @param sdl the SDL as the user wrote it; may hold secrets
 * @param manifest the text whose hash is on the chain; may hold secrets
 * @param hash lower-case hexadecimal SHA-256 of {@code manifest}
 * @param deposit the first deposit, in uact
 */
public record DeploymentRecord(
    String userId,
    long dseq,
    String requestId,
    String owner,
    State state,
    String sdl,
    String manifest,
    String hash,
    Coin deposit,
    Instant createdAt,
    Instant updatedAt) {

  /** Its name on the chain. */
  public DeploymentId id() {
    return new DeploymentId(owner, dseq);
  }

  /** Where the record is; the chain's own state decides once it is {@code CREATED}. */
  public enum State {
    /** Recorded; its transaction may or may not be in a block. */
    REQUESTED,
    /** On the chain. */
    CREATED,
    /** The chain refused to create it; it never existed. */
    REFUSED,
    /** Closed on the chain. */
    CLOSED
  }
}
