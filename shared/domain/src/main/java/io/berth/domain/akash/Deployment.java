package io.berth.domain.akash;

import io.berth.domain.Bytes;
import java.util.List;

/**
 * A deployment on the chain with its groups and escrow account.
 *
 * @param hash SHA-256 of the manifest (32 bytes)
 * @param createdAt height of the block
 */
public record Deployment(
    DeploymentId id,
    State state,
    Bytes hash,
    long createdAt,
    List<Group> groups,
    EscrowAccount escrow) {
  public Deployment {
    groups = List.copyOf(groups);
  }

  /** {@code akash.deployment.v1.Deployment.State}. */
  public enum State {
    ACTIVE,
    CLOSED,
    UNKNOWN
  }
}
