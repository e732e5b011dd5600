package io.berth.domain.akash;

/**
 * A deployment's name on the chain.
 *
 * @param owner bech32 address of the owner
 * @param dseq the owner's number for it, unique per owner, from 1
 */
public record DeploymentId(String owner, long dseq) {

  /** The id of the escrow account that pays for this deployment, {@code OWNER/DSEQ}. */
  public String escrowXid() {
    return owner + "/" + dseq;
  }
}
