package io.berth.provider;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import java.util.List;
import java.util.Optional;

/** A chain that knows these certificates and nothing else, whoever is asked for. */
record PublishedCertificates(List<Certificate> certificates) implements AkashReader {

  @Override
  public boolean isAudited(String provider) {
    throw new AssertionError("not asked for");
  }

  @Override
  public List<Certificate> validCertificates(String owner) {
    return certificates;
  }

  @Override
  public Optional<Deployment> deployment(DeploymentId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Deployment> deployments(String owner, Optional<Deployment.State> state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Bid> bids(DeploymentId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Lease> leases(DeploymentId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Lease> leasesOf(String owner, Optional<Lease.State> state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Provider> provider(String owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Coin depositGrant(String granter, String grantee, String denom) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Coin> feeAllowance(String granter, String grantee) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Coin balance(String address, String denom) {
    throw new UnsupportedOperationException();
  }
}
