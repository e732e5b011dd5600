package io.berth.domain.deployment;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.OrderId;
import io.berth.domain.ledger.Outcomes;
import io.berth.domain.ledger.UserTransactions;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.Wallet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
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
    List<Bid> bids = chain.bids(id);
    if (bids.isEmpty() && chain.deployment(id).isEmpty()) {
      throw new Refusal(Problem.NotFound.deployment());
    }
    return bids;
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
    DeploymentRecord record =
        records.find(userId, dseq).orElseThrow(() -> new Refusal(Problem.NotFound.deployment()));
    createLeases(wallet, record, choices);
    manifests.sendToLeases(userId, record.id(), record.manifest());
  }

  /** All missing leases in one transaction: either every chosen provider is hired, or none. */
  private void createLeases(Wallet wallet, DeploymentRecord record, List<Choice> choices) {
    Set<BidId> live =
        chain.leases(record.id()).stream()
            .filter(lease -> lease.state() == Lease.State.ACTIVE)
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
        transactions.submit(purpose(record, missing), wallet, () -> messages));
  }

  private static String purpose(DeploymentRecord record, List<BidId> bids) {
    return bids.stream()
        .map(bid -> bid.order().gseq() + "." + bid.order().oseq() + "." + bid.provider())
        .collect(
            Collectors.joining(
                "+", "create-lease/" + record.userId() + "/" + record.dseq() + "/", ""));
  }

  private static BidId bidId(DeploymentRecord record, Choice choice) {
    return new BidId(
        new OrderId(record.owner(), record.dseq(), choice.gseq(), choice.oseq()),
        choice.provider(),
        0);
  }
}
