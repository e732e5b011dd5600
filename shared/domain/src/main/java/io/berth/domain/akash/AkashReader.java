package io.berth.domain.akash;

import java.util.List;
import java.util.Optional;

/**
 * Reads of the chain's state. Lists are whole: the adapter follows pages. Every method throws
 * {@link io.berth.domain.ledger.ChainUnavailableException} when the node does not answer.
 */
public interface AkashReader {

  Optional<Deployment> deployment(DeploymentId id);

  /**
   * The owner's deployments, by ascending dseq.
   *
   * @param state only those in this state; empty for all
   */
  List<Deployment> deployments(String owner, Optional<Deployment.State> state);

  /** All bids on the deployment's orders, in every state. */
  List<Bid> bids(DeploymentId id);

  /** All leases of the deployment, in every state. */
  List<Lease> leases(DeploymentId id);

  /**
   * All leases of the owner.
   *
   * @param state only those in this state; empty for all
   */
  List<Lease> leasesOf(String owner, Optional<Lease.State> state);

  Optional<Provider> provider(String owner);

  /** Whether some auditor has signed attributes of the provider. */
  boolean isAudited(String provider);

  /** The owner's published certificates that are not revoked. */
  List<Certificate> validCertificates(String owner);

  /**
   * What the grantee may still deposit of the granter's money, in {@code denom}; zero if nothing.
   */
  Coin depositGrant(String granter, String grantee, String denom);

  /** What the granter still pays of the grantee's fees, in uakt; empty if there is no allowance. */
  Optional<Coin> feeAllowance(String granter, String grantee);

  /** The address's own coins of {@code denom}. */
  Coin balance(String address, String denom);
}
