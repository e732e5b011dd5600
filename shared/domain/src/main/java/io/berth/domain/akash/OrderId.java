package io.berth.domain.akash;

/**
 * An order's name on the chain: what providers bid on.
 *
 * @param gseq the group's number within the deployment, from 1
 * @param oseq the order's number within the group, from 1
 */
public record OrderId(String owner, long dseq, int gseq, int oseq) {
  public DeploymentId deployment() {
    return new DeploymentId(owner, dseq);
  }
}
