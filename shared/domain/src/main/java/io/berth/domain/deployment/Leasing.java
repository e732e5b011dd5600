package io.berth.domain.deployment;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.OrderId;
import io.berth.domain.ledger.ChainFault;
import io.berth.domain.ledger.Outcome;
import io.berth.domain.ledger.Outcomes;
import io.berth.domain.ledger.UserTransactions;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.Wallet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** From bids to leases that run. */
public final class Leasing {
  private final Owners owners;
  private final DeploymentRecords records;
  private final AkashReader chain;
  private final UserTransactions transactions;
  private final ManifestSender manifests;

  public Leasing(
      Owners owners,
      DeploymentRecords records,
      AkashReader chain,
      UserTransactions transactions,
      ManifestSender manifests) {
    this.owners = owners;
    this.records = records;
    this.chain = chain;
    this.transactions = transactions;
    this.manifests = manifests;
  }

  /** A bid that the user accepts. */
  public record Choice(int gseq, int oseq, String provider) {}

  /**
   * All bids on a deployment's orders, in every state.
   *
   * @throws Refusal if the user has no such deployment
   */
  public List<Bid> bids(String userId, long dseq) {
    DeploymentId id = new DeploymentId(owners.require(userId).address(), dseq);
    try (SideBySide reads = SideBySide.open()) {
      Supplier<Optional<Deployment>> deployment = reads.begin(() -> chain.deployment(id));
      List<Bid> bids = chain.bids(id);
      if (bids.isEmpty() && deployment.get().isEmpty()) {
        throw new Refusal(Problem.NotFound.deployment());
      }
      return bids;
    }
  }

  /**
   * Accepts bids and sends the manifest to their providers. Both steps may be repeated: leases that
   * exist are left as they are, and the manifest is sent again.
   *
   * @throws Refusal if the user has no such deployment, a bid cannot be accepted, or a provider
   *     does not take the manifest
   */
  public void lease(String userId, long dseq, List<Choice> choices) {
    Wallet wallet = owners.requireActivated(userId);
    DeploymentRecord record = records.require(userId, dseq);
    createLeases(wallet, record, choices);
    manifests.sendToLeases(userId, record.id(), record.manifest());
  }

  /**
   * Accepts bids, all in one transaction; those that are leases already are left as they are.
   *
   * @throws Refusal if the user has no such deployment, or a bid cannot be accepted
   */
  public void accept(String userId, long dseq, List<Choice> choices) {
    createLeases(owners.requireActivated(userId), records.require(userId, dseq), choices);
  }

  /**
   * Ends active leases with these providers; the chain opens a new order for each group.
   *
   * @throws Refusal if the user has no such deployment, or the outcome is not known yet
   */
  public void release(String userId, long dseq, Set<String> providers) {
    Wallet wallet = owners.requireActivated(userId);
    DeploymentRecord record = records.require(userId, dseq);
    for (Lease lease : chain.leases(record.id())) {
      if (lease.isActive() && providers.contains(lease.id().provider())) {
        release(wallet, record, lease.id());
      }
    }
  }

  private void release(Wallet wallet, DeploymentRecord record, BidId lease) {
    Outcome outcome =
        transactions.submit(
            purpose("close-lease", record, List.of(lease)),
            wallet,
            () -> List.of(new ChainMessage.CloseLease(lease)));
    // The provider may have been faster: that is what was wanted.
    if (!Outcomes.isRefusedAs(outcome, ChainFault.LEASE_NOT_ACTIVE)) {
      Outcomes.committedOrRefuse(outcome);
    }
  }

  /** All missing leases in one transaction: either every chosen provider is hired, or none. */
  private void createLeases(Wallet wallet, DeploymentRecord record, List<Choice> choices) {
    Set<BidId> live =
        chain.leases(record.id()).stream()
            .filter(Lease::isActive)
            .map(Lease::id)
            .collect(Collectors.toSet());
    List<BidId> missing =
        choices.stream()
            .map(choice -> bidId(record, choice))
            .distinct()
            .filter(bid -> !live.contains(bid))
            .sorted(Comparator.comparingInt((BidId bid) -> bid.order().gseq()))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    List<ChainMessage> messages =
        missing.stream().<ChainMessage>map(ChainMessage.CreateLease::new).toList();
    Outcomes.committedOrRefuse(
        transactions.submit(purpose("create-lease", record, missing), wallet, () -> messages));
  }

  private static String purpose(String effect, DeploymentRecord record, List<BidId> bids) {
    return bids.stream()
        .map(bid -> bid.order().gseq() + "." + bid.order().oseq() + "." + bid.provider())
        .collect(
            Collectors.joining(
                "+", effect + "/" + record.userId() + "/" + record.dseq() + "/", ""));
  }

  private static BidId bidId(DeploymentRecord record, Choice choice) {
    return new BidId(
        new OrderId(record.owner(), record.dseq(), choice.gseq(), choice.oseq()),
        choice.provider(),
        0);
  }
}
