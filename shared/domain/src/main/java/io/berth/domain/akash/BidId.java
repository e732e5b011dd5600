package io.berth.domain.akash;

/**
 * A bid's name on the chain. A lease has the id of the bid it came from.
 *
 * @param provider bech32 address of the provider
 * @param bseq reserved by the chain; 0 today
 */
public record BidId(OrderId order, String provider, int bseq) {
  public DeploymentId deployment() {
    return order.deployment();
  }
}
