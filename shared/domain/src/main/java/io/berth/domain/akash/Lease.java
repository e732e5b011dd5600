package io.berth.domain.akash;

/**
 * A lease: one provider runs one group.
 *
 * @param id the id of the bid it came from
 * @param price per block
 * @param createdAt height of the block
 * @param closedOn height of the block, 0 while open
 * @param reason the chain's name of why it closed, such as {@code lease_closed_owner}; {@code
 *     lease_closed_invalid} while open
 */
public record Lease(
    BidId id, State state, DecCoin price, long createdAt, long closedOn, String reason) {

  /** Whether the provider runs the group and is paid for it. */
  public boolean isActive() {
    return state == State.ACTIVE;
  }

  /** {@code akash.market.v1.Lease.State}. */
  public enum State {
    ACTIVE,
    INSUFFICIENT_FUNDS,
    CLOSED,
    RECLAIMING,
    UNKNOWN
  }
}
