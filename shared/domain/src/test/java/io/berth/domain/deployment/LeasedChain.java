package io.berth.domain.deployment;

import io.berth.domain.Bytes;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.EscrowAccount;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.OrderId;
import io.berth.domain.akash.Provider;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A chain that knows one deployment, its leases, and every provider but akash1unknown. */
public final class LeasedChain implements AkashReader {
  public static final DeploymentId ID = new DeploymentId("akash1ann", 7);

  private static final Deployment DEPLOYMENT =
      new Deployment(
          ID,
          Deployment.State.ACTIVE,
          Bytes.ofHex("00"),
          1,
          List.of(),
          new EscrowAccount(
              "deployment",
              "akash1ann/7",
              "akash1ann",
              EscrowAccount.State.OPEN,
              List.of(),
              1,
              List.of(),
              List.of()));

  public final List<Lease> leases = new CopyOnWriteArrayList<>();

  public static Lease lease(int gseq, String provider, Lease.State state) {
    return new Lease(
        new BidId(new OrderId(ID.owner(), ID.dseq(), gseq, 1), provider, 0),
        state,
        new DecCoin("uact", BigDecimal.ONE),
        1,
        0,
        "lease_closed_invalid");
  }

  @Override
  public List<Lease> leases(DeploymentId id) {
    return leases;
  }

  @Override
  public Optional<Provider> provider(String owner) {
    return owner.equals("akash1unknown")
        ? Optional.empty()
        : Optional.of(new Provider(owner, "https://" + owner + ":8443", List.of()));
  }

  @Override
  public boolean isAudited(String provider) {
    throw new AssertionError("not asked for");
  }

  @Override
  public Optional<Deployment> deployment(DeploymentId id) {
    return id.equals(ID) ? Optional.of(DEPLOYMENT) : Optional.empty();
  }

  @Override
  public List<Deployment> deployments(String owner, Optional<Deployment.State> state) {
    throw new AssertionError("not asked for");
  }

  @Override
  public List<Bid> bids(DeploymentId id) {
    throw new AssertionError("not asked for");
  }

  @Override
  public List<Lease> leasesOf(String owner, Optional<Lease.State> state) {
    throw new AssertionError("not asked for");
  }

  @Override
  public List<Certificate> validCertificates(String owner) {
    throw new AssertionError("not asked for");
  }

  @Override
  public Coin depositGrant(String granter, String grantee, String denom) {
    throw new AssertionError("not asked for");
  }

  @Override
  public Optional<Coin> feeAllowance(String granter, String grantee) {
    throw new AssertionError("not asked for");
  }

  @Override
  public Coin balance(String address, String denom) {
    throw new AssertionError("not asked for");
  }
}
