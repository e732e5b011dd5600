package io.berth.domain.lifecycle;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Group;
import io.berth.domain.akash.Lease;
import io.berth.domain.bidding.BidChoice;
import io.berth.domain.bidding.BidChooser;
import io.berth.domain.bidding.BidFacts;
import io.berth.domain.bidding.BidSelection;
import io.berth.domain.bidding.RefusedBid;
import io.berth.domain.deployment.DeploymentRecord;
import io.berth.domain.deployment.DeploymentRecords;
import io.berth.domain.deployment.Leasing.Choice;
import io.berth.sdl.group.Attribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses bids by the owner's rules, for every group that has no lease. */
public final class SelectionStep implements StepWork {
  private static final int MOST_REASONS = 20;

  private final Journal journal;
  private final DeploymentRecords records;
  private final AkashReader chain;
  private final BlockClock blocks;
  private final LifecycleTimes times;

  public SelectionStep(
      Journal journal,
      DeploymentRecords records,
      AkashReader chain,
      BlockClock blocks,
      LifecycleTimes times) {
    this.journal = journal;
    this.records = records;
    this.chain = chain;
    this.blocks = blocks;
    this.times = times;
  }

  /**
   * Looks at the bids so far.
   *
   * @throws LifecycleException if a group gets no acceptable bid in time
   */
  @Override
  public Progress run(String id) {
    Operation operation = journal.enter(id, Step.CHOOSE_BIDS, times.bidWindow());
    if (operation.openDecision().isPresent()) {
      return journal.leave(id);
    }
    BidSelection selection = operation.selection().orElseThrow();
    DeploymentId deployment = deploymentOf(operation);
    Optional<Deployment> shown = chain.deployment(deployment);
    if (shown.isEmpty()) {
      return blocks.untilNextBlock();
    }
    BidChooser chooser = new BidChooser(selection, operation.refusedBy());
    BidChoice choice =
        chooser.choose(
            groupsWithoutLease(shown.get()),
            facts(selection, chain.bids(deployment)),
            journal.sinceStart(operation));
    return switch (choice) {
      case BidChoice.Chosen(List<Bid> bids) -> decide(id, bids);
      case BidChoice.Waiting waiting -> blocks.untilNextBlock();
      case BidChoice.NoneAcceptable none -> throw none(id, none);
    };
  }

  private DeploymentId deploymentOf(Operation operation) {
    return records
        .find(operation.userId(), operation.dseq())
        .map(DeploymentRecord::id)
        .orElseThrow();
  }

  private Progress decide(String id, List<Bid> bids) {
    List<Choice> choices = bids.stream().map(SelectionStep::choice).toList();
    journal.decide(id, Decision.of(choices, journal.now()));
    return journal.leave(id);
  }

  private static Choice choice(Bid bid) {
    return new Choice(bid.id().order().gseq(), bid.id().order().oseq(), bid.id().provider());
  }

  private NoAcceptableBidException none(String id, BidChoice.NoneAcceptable none) {
    String message = "No acceptable bid on group " + none.gseq() + ": " + reasons(none.refused());
    journal.fail(id, new Fault(Fault.Kind.IMPOSSIBLE, "no_acceptable_bid", message));
    return new NoAcceptableBidException(message);
  }

  private static String reasons(List<RefusedBid> refused) {
    if (refused.isEmpty()) {
      return "no provider bid";
    }
    String named =
        refused.stream()
            .limit(MOST_REASONS)
            .map(SelectionStep::reason)
            .collect(Collectors.joining("; "));
    int more = refused.size() - MOST_REASONS;
    return more > 0 ? named + "; and " + more + " more" : named;
  }

  private static String reason(RefusedBid refused) {
    return "%s for %s %s per block: %s"
        .formatted(
            refused.bid().id().provider(),
            refused.bid().price().amount().stripTrailingZeros().toPlainString(),
            refused.bid().price().denom(),
            refused.reason());
  }

  /**
   * Groups whose lease is active need none. A node that lags behind and does not show the
   * deployment yet must not read as one without groups: nothing would be chosen, and that would
   * count as done.
   */
  private List<Integer> groupsWithoutLease(Deployment deployment) {
    Set<Integer> leased =
        chain.leases(deployment.id()).stream()
            .filter(Lease::isActive)
            .map(lease -> lease.id().order().gseq())
            .collect(Collectors.toSet());
    return deployment.groups().stream()
        .map(Group::gseq)
        .filter(gseq -> !leased.contains(gseq))
        .toList();
  }

  /** What the rules ask about providers is read only if they ask. */
  private List<BidFacts> facts(BidSelection selection, List<Bid> bids) {
    Map<String, Map<String, String>> attributes = new HashMap<>();
    Map<String, Boolean> audited = new HashMap<>();
    List<BidFacts> facts = new ArrayList<>();
    for (Bid bid : bids) {
      if (bid.state() == Bid.State.OPEN) {
        String provider = bid.id().provider();
        facts.add(
            new BidFacts(
                bid,
                selection.attributes().isEmpty()
                    ? Map.of()
                    : attributes.computeIfAbsent(provider, this::attributesOf),
                selection.audited() && audited.computeIfAbsent(provider, chain::isAudited)));
      }
    }
    return facts;
  }

  private Map<String, String> attributesOf(String address) {
    return chain.provider(address).stream()
        .flatMap(provider -> provider.attributes().stream())
        .collect(Collectors.toMap(Attribute::key, Attribute::value, (first, second) -> first));
  }
}
