package io.berth.domain.bidding;

import io.berth.domain.akash.Bid;
import io.berth.domain.akash.Coin;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Applies {@link BidSelection} to bids: deterministic, and exact about prices. */
public final class BidChooser {
  private static final Comparator<Bid> CHEAPEST =
      Comparator.comparing((Bid bid) -> bid.price().amount())
          .thenComparingLong(Bid::createdAt)
          .thenComparing(bid -> bid.id().provider());
  private static final Comparator<Bid> FIRST =
      Comparator.comparingLong(Bid::createdAt).thenComparing(CHEAPEST);

  private final BidSelection selection;
  private final Set<String> refusedBy;

  /**
   * @param refusedBy providers that refused this deployment's manifest before, by address
   */
  public BidChooser(BidSelection selection, Set<String> refusedBy) {
    this.selection = selection;
    this.refusedBy = Set.copyOf(refusedBy);
  }

  /**
   * Chooses a bid for each group, all at once.
   *
   * @param groups gseq of every group that has no lease
   * @param bids on the deployment's orders, in any state; only open ones count
   * @param since how long the orders have been open
   */
  public BidChoice choose(Collection<Integer> groups, List<BidFacts> bids, Duration since) {
    Map<Integer, List<BidFacts>> open =
        bids.stream()
            .filter(facts -> facts.bid().state() == Bid.State.OPEN)
            .collect(Collectors.groupingBy(facts -> facts.bid().id().order().gseq()));
    List<Bid> chosen = new ArrayList<>();
    boolean waiting = false;
    for (int gseq : new TreeSet<>(groups)) {
      List<BidFacts> offers = open.getOrDefault(gseq, List.of());
      List<Bid> acceptable = acceptable(offers);
      boolean patient = since.compareTo(selection.patience()) < 0;
      if (acceptable.isEmpty() && !patient) {
        return new BidChoice.NoneAcceptable(gseq, refused(offers));
      }
      if (acceptable.isEmpty() || (patient && acceptable.size() < selection.minBids())) {
        waiting = true;
      } else {
        chosen.add(acceptable.stream().min(order()).orElseThrow());
      }
    }
    return waiting ? new BidChoice.Waiting() : new BidChoice.Chosen(chosen);
  }

  private Comparator<Bid> order() {
    return switch (selection.strategy()) {
      case CHEAPEST -> CHEAPEST;
      case FIRST -> FIRST;
    };
  }

  private List<Bid> acceptable(List<BidFacts> offers) {
    return offers.stream().filter(facts -> objection(facts).isEmpty()).map(BidFacts::bid).toList();
  }

  private List<RefusedBid> refused(List<BidFacts> offers) {
    return offers.stream()
        .flatMap(
            facts -> objection(facts).stream().map(reason -> new RefusedBid(facts.bid(), reason)))
        .sorted(Comparator.comparing(RefusedBid::bid, CHEAPEST))
        .toList();
  }

  /** The first rule that the bid breaks. */
  private Optional<String> objection(BidFacts facts) {
    String provider = facts.bid().id().provider();
    if (!facts.bid().price().denom().equals(Coin.UACT)) {
      return Optional.of("it is priced in " + facts.bid().price().denom());
    }
    if (refusedBy.contains(provider)) {
      return Optional.of("the provider refused the manifest");
    }
    if (selection.excludeProviders().contains(provider)) {
      return Optional.of("the provider is in excludeProviders");
    }
    if (!selection.providers().isEmpty() && !selection.providers().contains(provider)) {
      return Optional.of("the provider is not in providers");
    }
    Optional<BigDecimal> most = selection.maxPricePerBlock();
    if (most.isPresent() && facts.bid().price().amount().compareTo(most.get()) > 0) {
      return Optional.of("it is over maxPricePerBlock");
    }
    if (selection.audited() && !facts.audited()) {
      return Optional.of("the provider is not audited");
    }
    return selection.attributes().entrySet().stream()
        .filter(wanted -> !wanted.getValue().equals(facts.attributes().get(wanted.getKey())))
        .map(wanted -> "the provider's " + wanted.getKey() + " is not " + wanted.getValue())
        .sorted()
        .findFirst();
  }
}
