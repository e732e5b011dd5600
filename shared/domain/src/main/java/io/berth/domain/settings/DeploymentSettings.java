package io.berth.domain.settings;

import java.time.Instant;
import java.util.Optional;

/**
 * A user's wishes for one deployment.
 *
 * @param autoTopUp whether its escrow shall be kept filled
 * @param createdAt when the user first said so; empty if they never did
 */
public record DeploymentSettings(
    String userId,
    long dseq,
    boolean autoTopUp,
    Optional<Instant> createdAt,
    Optional<Instant> updatedAt) {

  /** Of a deployment of which nobody said anything: nothing is done by itself. */
  public static DeploymentSettings unsaid(String userId, long dseq) {
    return new DeploymentSettings(userId, dseq, false, Optional.empty(), Optional.empty());
  }
}
