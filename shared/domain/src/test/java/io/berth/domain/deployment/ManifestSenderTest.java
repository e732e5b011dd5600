package io.berth.domain.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.StatusOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestSenderTest {
  private static final DeploymentId ID = LeasedChain.ID;

  private final Deque<ManifestOutcome> outcomes = new ArrayDeque<>();
  private final List<String> sentTo = new ArrayList<>();
  private final LeasedChain chain = new LeasedChain();
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");

  private final ManifestSender sender =
      new ManifestSender(
          chain,
          new Gateway(),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          () -> now,
          time -> now = now.plus(time));

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
    chain.leases.add(LeasedChain.lease(1, "akash1p", Lease.State.ACTIVE));
    chain.leases.add(LeasedChain.lease(2, "akash1p", Lease.State.ACTIVE));
    chain.leases.add(LeasedChain.lease(3, "akash1q", Lease.State.ACTIVE));
    chain.leases.add(LeasedChain.lease(4, "akash1gone", Lease.State.CLOSED));

    send();

    assertThat(sentTo).containsExactly("akash1p", "akash1q");
  }

  @Test
  void triesAgainWhileTheProviderDoesNotSeeTheLeaseOrTheNewHash() {
    chain.leases.add(LeasedChain.lease(1, "akash1p", Lease.State.ACTIVE));
    outcomes.add(new ManifestOutcome.NotYetVisible());
    outcomes.add(new ManifestOutcome.StaleVersion("manifest version validation failed"));

    send();

    assertThat(sentTo).hasSize(3);
  }

  @Test
  void givesUpAfterItsPatienceAndSaysThatRepeatingHelps() {
    chain.leases.add(LeasedChain.lease(1, "akash1p", Lease.State.ACTIVE));
    for (int i = 0; i < 10; i++) {
      outcomes.add(new ManifestOutcome.NotYetVisible());
    }

    assertThat(problem()).isInstanceOf(Problem.Unavailable.class);
    assertThat(sentTo).hasSize(5);
  }

  @Test
  void doesNotRepeatWhatTheProviderWillNeverTake() {
    chain.leases.add(LeasedChain.lease(1, "akash1p", Lease.State.ACTIVE));
    outcomes.add(new ManifestOutcome.Rejected("hostname not allowed: host \"x\" in use\n"));

    assertThat(problem())
        .isEqualTo(
            new Problem.Impossible(
                "The provider refused the manifest: hostname not allowed: host \"x\" in use"));
    assertThat(sentTo).hasSize(1);
  }

  @Test
  void doesNotRepeatToAnUntrustedServer() {
    chain.leases.add(LeasedChain.lease(1, "akash1p", Lease.State.ACTIVE));
    outcomes.add(new ManifestOutcome.Untrusted("another certificate"));

    assertThat(problem()).isInstanceOf(Problem.Unavailable.class);
    assertThat(sentTo).hasSize(1);
  }

  @Test
  void refusesWhenTheProviderHasNoRecord() {
    chain.leases.add(LeasedChain.lease(1, "akash1unknown", Lease.State.ACTIVE));

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
}
