package io.berth.domain.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.OrderId;
import io.berth.domain.akash.Provider;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.StatusOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestSenderTest {
  private static final DeploymentId ID = new DeploymentId("akash1ann", 7);

  private final Deque<ManifestOutcome> outcomes = new ArrayDeque<>();
  private final List<String> sentTo = new ArrayList<>();
  private final List<Lease> leases = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");

  private final ManifestSender sender =
      new ManifestSender(
          new Leases(),
          new Gateway(),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          () -> now,
          time -> now = now.plus(time));

  private static Lease lease(int gseq, String provider, Lease.State state) {
    return new Lease(
        new BidId(new OrderId("akash1ann", 7, gseq, 1), provider, 0),
        state,
        new DecCoin("uact", BigDecimal.ONE),
        1,
        0,
        "lease_closed_invalid");
  }

  private void send() {
    sender.sendToLeases("ann", ID, "[]");
  }

  private Problem problem() {
    try {
      send();
      throw new AssertionError("nothing was refused");
    } catch (Refusal refusal) {
      return refusal.problem();
    }
  }

  @Test
  void sendsOnceToEachProviderOfAnActiveLease() {
    leases.add(lease(1, "akash1p", Lease.State.ACTIVE));
    leases.add(lease(2, "akash1p", Lease.State.ACTIVE));
    leases.add(lease(3, "akash1q", Lease.State.ACTIVE));
    leases.add(lease(4, "akash1gone", Lease.State.CLOSED));

    send();

    assertThat(sentTo).containsExactly("akash1p", "akash1q");
  }

  @Test
  void triesAgainWhileTheProviderDoesNotSeeTheLeaseOrTheNewHash() {
    leases.add(lease(1, "akash1p", Lease.State.ACTIVE));
    outcomes.add(new ManifestOutcome.NotYetVisible());
    outcomes.add(new ManifestOutcome.StaleVersion("manifest version validation failed"));

    send();

    assertThat(sentTo).hasSize(3);
  }

  @Test
  void givesUpAfterItsPatienceAndSaysThatRepeatingHelps() {
    leases.add(lease(1, "akash1p", Lease.State.ACTIVE));
    for (int i = 0; i < 10; i++) {
      outcomes.add(new ManifestOutcome.NotYetVisible());
    }

    assertThat(problem()).isInstanceOf(Problem.Unavailable.class);
    assertThat(sentTo).hasSize(5);
  }

  @Test
  void doesNotRepeatWhatTheProviderWillNeverTake() {
    leases.add(lease(1, "akash1p", Lease.State.ACTIVE));
    outcomes.add(new ManifestOutcome.Rejected("hostname not allowed: host \"x\" in use\n"));

    assertThat(problem())
        .isEqualTo(
            new Problem.Impossible(
                "The provider refused the manifest: hostname not allowed: host \"x\" in use"));
    assertThat(sentTo).hasSize(1);
  }

  @Test
  void doesNotRepeatToAnUntrustedServer() {
    leases.add(lease(1, "akash1p", Lease.State.ACTIVE));
    outcomes.add(new ManifestOutcome.Untrusted("another certificate"));

    assertThat(problem()).isInstanceOf(Problem.Unavailable.class);
    assertThat(sentTo).hasSize(1);
  }

  @Test
  void refusesWhenTheProviderHasNoRecord() {
    leases.add(lease(1, "akash1unknown", Lease.State.ACTIVE));

    assertThatThrownBy(this::send)
        .isInstanceOf(Refusal.class)
        .hasMessage("Provider akash1unknown not found");
  }

  private final class Gateway implements ProviderGateway {
    @Override
    public ManifestOutcome putManifest(
        String userId, Provider provider, long dseq, String manifest) {
      sentTo.add(provider.owner());
      return outcomes.isEmpty() ? new ManifestOutcome.Accepted() : outcomes.poll();
    }

    @Override
    public StatusOutcome leaseStatus(String userId, Provider provider, BidId lease) {
      throw new AssertionError("not asked for");
    }
  }

  /** A chain that knows leases and providers only. */
  private final class Leases implements AkashReader {
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
      throw new AssertionError("not asked for");
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
}
