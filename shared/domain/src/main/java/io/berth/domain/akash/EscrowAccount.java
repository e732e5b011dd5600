package io.berth.domain.akash;

import java.util.List;

/**
 * An escrow account: money set aside for a deployment or a bid ({@code akash.escrow.types.v1}).
 *
 * @param scope {@code deployment} or {@code bid}
 * @param xid {@code OWNER/DSEQ}, or {@code OWNER/DSEQ/GSEQ/OSEQ/PROVIDER} for a bid
 * @param transferred paid out so far
 * @param settledAt height up to which rent is accounted; the chain settles lazily
 * @param funds what is left as of {@code settledAt}
 */
public record EscrowAccount(
    String scope,
    String xid,
    String owner,
    State state,
    List<DecCoin> transferred,
    long settledAt,
    List<DecCoin> funds,
    List<Deposit> deposits) {
  public EscrowAccount {
    transferred = List.copyOf(transferred);
    funds = List.copyOf(funds);
    deposits = List.copyOf(deposits);
  }

  /** {@code akash.escrow.types.v1.State}. */
  public enum State {
    OPEN,
    CLOSED,
    OVERDRAWN,
    UNKNOWN
  }

  /**
   * One deposit, drawn down in order.
   *
   * @param owner the address that gets the rest back
   * @param height block of the deposit
   * @param source {@code balance} or {@code grant}
   */
  public record Deposit(String owner, long height, String source, DecCoin balance) {}
}
