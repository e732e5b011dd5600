package io.berth.domain.deployment;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.status.StatusBoard;
import io.berth.domain.status.StatusCache;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.Wallet;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads deployments from the chain, and what is known of their leases' status. What does not depend
 * on one another is read side by side, so that a user waits for two answers, one after the other.
 */
public final class DeploymentReader {
  private final Owners owners;
  private final AkashReader chain;
  private final StatusBoard statuses;
  private final InstantSource clock;

  public DeploymentReader(
      Owners owners, AkashReader chain, StatusBoard statuses, InstantSource clock) {
    this.owners = owners;
    this.chain = chain;
    this.statuses = statuses;
    this.clock = clock;
  }

  /**
   * One deployment with the status of its active leases.
   *
   * @throws Refusal if the user has no such deployment
   */
  public DeploymentView view(String userId, long dseq) {
    try (SideBySide reads = SideBySide.open()) {
      Supplier<Wallet> wallet = reads.begin(() -> owners.require(userId));
      Supplier<Map<BidId, StatusCache.Entry>> kept = reads.begin(() -> statuses.kept(userId, dseq));
      return view(userId, new DeploymentId(wallet.get().address(), dseq), kept.get());
    }
  }

  private DeploymentView view(String userId, DeploymentId id, Map<BidId, StatusCache.Entry> kept) {
    try (SideBySide reads = SideBySide.open()) {
      Supplier<Optional<Deployment>> found = reads.begin(() -> chain.deployment(id));
      Supplier<List<Lease>> leasesFound = reads.begin(() -> chain.leases(id));
      statuses.refreshOld(userId, id.dseq(), kept);
      Deployment deployment =
          found.get().orElseThrow(() -> new Refusal(Problem.NotFound.deployment()));
      List<Lease> leases = leasesFound.get();
      return DeploymentView.of(
          deployment, leases, statuses.known(userId, kept, activeOf(leases)), clock.instant());
    }
  }

  private static List<BidId> activeOf(List<Lease> leases) {
    return leases.stream().filter(Lease::isActive).map(Lease::id).toList();
  }
}
