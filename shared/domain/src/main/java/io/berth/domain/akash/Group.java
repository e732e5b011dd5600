package io.berth.domain.akash;

import io.berth.sdl.group.GroupSpec;

/**
 * A group of a deployment on the chain.
 *
 * @param gseq number within the deployment, from 1
 * @param createdAt height of the block
 */
public record Group(int gseq, State state, GroupSpec spec, long createdAt) {

  /** {@code akash.deployment.v1beta4.Group.State}. */
  public enum State {
    OPEN,
    PAUSED,
    INSUFFICIENT_FUNDS,
    CLOSED,
    UNKNOWN
  }
}
