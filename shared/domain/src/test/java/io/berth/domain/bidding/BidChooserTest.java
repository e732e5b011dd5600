package io.berth.domain.bidding;

import static io.berth.domain.bidding.Bids.bid;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Bid;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.bidding.BidSelection.Strategy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BidChooserTest {
  private static final Duration EARLY = Duration.ofSeconds(59);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static BidSelection rules(Strategy strategy, int minBids) {
    return new BidSelection(
        strategy, Optional.empty(), Set.of(), Set.of(), Map.of(), false, minBids, PATIENCE);
  }

  private static BidSelection cheapestUpTo(String uact) {
    return new BidSelection(
        Strategy.CHEAPEST,
        Optional.of(new BigDecimal(uact)),
        Set.of(),
        Set.of(),
        Map.of(),
        false,
        1,
        PATIENCE);
  }

  private static BidSelection only(Set<String> providers, Set<String> excluded) {
    return new BidSelection(
        Strategy.CHEAPEST, Optional.empty(), providers, excluded, Map.of(), false, 1, PATIENCE);
  }

  private static BidSelection demanding(Map<String, String> attributes, boolean audited) {
    return new BidSelection(
        Strategy.CHEAPEST, Optional.empty(), Set.of(), Set.of(), attributes, audited, 1, PATIENCE);
  }

  private static BidChoice choose(BidSelection rules, Duration since, Bid... bids) {
    return choose(rules, Set.of(), List.of(1), since, bids);
  }

  private static BidChoice choose(
      BidSelection rules,
      Set<String> refusedBy,
      List<Integer> groups,
      Duration since,
      Bid... bids) {
    return new BidChooser(rules, refusedBy)
        .choose(
            groups,
            Arrays.stream(bids).map(bid -> new BidFacts(bid, Map.of(), false)).toList(),
            since);
  }

  private static BidChoice chooseAmong(BidSelection rules, BidFacts... facts) {
    return new BidChooser(rules, Set.of()).choose(List.of(1), List.of(facts), PATIENCE);
  }

  private static BidChoice chosen(Bid... bids) {
    return new BidChoice.Chosen(List.of(bids));
  }

  private static BidChoice refused(Bid bid, String reason) {
    return new BidChoice.NoneAcceptable(1, List.of(new RefusedBid(bid, reason)));
  }

  @Test
  void cheapestWaitsForEnoughBids() {
    assertThat(choose(rules(Strategy.CHEAPEST, 2), EARLY, bid(1, "akash1a", "5", 10)))
        .isEqualTo(new BidChoice.Waiting());
  }

  @Test
  void cheapestTakesTheLowestPriceOnceThereAreEnough() {
    Bid cheap = bid(1, "akash1b", "4", 11);

    assertThat(
            choose(
                rules(Strategy.CHEAPEST, 2),
                Duration.ZERO,
                bid(1, "akash1a", "5", 10),
                cheap,
                bid(1, "akash1c", "6", 9)))
        .isEqualTo(chosen(cheap));
  }

  @Test
  void cheapestTakesWhatThereIsWhenItsTimeIsOver() {
    Bid lone = bid(1, "akash1a", "5", 10);

    assertThat(choose(rules(Strategy.CHEAPEST, 20), PATIENCE, lone)).isEqualTo(chosen(lone));
  }

  @Test
  void bidsThatAreRefusedAreNotCountedAsEnough() {
    BidSelection rules =
        new BidSelection(
            Strategy.CHEAPEST,
            Optional.of(BigDecimal.TEN),
            Set.of(),
            Set.of(),
            Map.of(),
            false,
            2,
            PATIENCE);

    assertThat(choose(rules, EARLY, bid(1, "akash1a", "5", 10), bid(1, "akash1b", "10.1", 10)))
        .isEqualTo(new BidChoice.Waiting());
  }

  @Test
  void comparesPricesToTheLastDecimal() {
    Bid cheap = bid(1, "akash1b", "100000000000.000000000000000001", 10);

    assertThat(
            choose(
                rules(Strategy.CHEAPEST, 1),
                PATIENCE,
                bid(1, "akash1a", "100000000000.000000000000000002", 9),
                cheap))
        .isEqualTo(chosen(cheap));
  }

  @Test
  void ofEqualPricesTheEarlierBidWinsAndThenTheAddress() {
    Bid earlier = bid(1, "akash1z", "5.0", 9);
    assertThat(choose(rules(Strategy.CHEAPEST, 1), PATIENCE, bid(1, "akash1a", "5", 10), earlier))
        .isEqualTo(chosen(earlier));

    Bid first = bid(1, "akash1a", "5.00", 9);
    assertThat(choose(rules(Strategy.CHEAPEST, 1), PATIENCE, earlier, first))
        .isEqualTo(chosen(first));
  }

  @Test
  void firstTakesTheEarliestAcceptableBidAtOnceWhateverItCosts() {
    Bid first = bid(1, "akash1z", "900", 9);

    assertThat(choose(rules(Strategy.FIRST, 1), Duration.ZERO, bid(1, "akash1a", "1", 10), first))
        .isEqualTo(chosen(first));
  }

  @Test
  void ofOneBlockFirstTakesTheCheapest() {
    Bid cheap = bid(1, "akash1z", "1", 9);

    assertThat(choose(rules(Strategy.FIRST, 1), Duration.ZERO, bid(1, "akash1a", "2", 9), cheap))
        .isEqualTo(chosen(cheap));
  }

  @Test
  void withoutAnyBidItWaitsAndThenFailsWithNoReasons() {
    assertThat(choose(rules(Strategy.FIRST, 1), EARLY)).isEqualTo(new BidChoice.Waiting());
    assertThat(choose(rules(Strategy.FIRST, 1), PATIENCE))
        .isEqualTo(new BidChoice.NoneAcceptable(1, List.of()));
  }

  @Test
  void aPriceAtTheLimitIsAcceptableAndOneAboveIsNot() {
    Bid limit = bid(1, "akash1a", "10.00", 9);
    Bid above = bid(1, "akash1a", "10.000000000000000001", 9);

    assertThat(choose(cheapestUpTo("10"), PATIENCE, limit)).isEqualTo(chosen(limit));
    assertThat(choose(cheapestUpTo("10"), PATIENCE, above))
        .isEqualTo(refused(above, "it is over maxPricePerBlock"));
  }

  @ParameterizedTest
  @EnumSource(value = Bid.State.class, mode = EnumSource.Mode.EXCLUDE, names = "OPEN")
  void bidsThatAreNoLongerOpenDoNotCount(Bid.State state) {
    Bid gone = bid(1, "akash1a", new DecCoin("uact", BigDecimal.ONE), 9, state);

    assertThat(choose(rules(Strategy.FIRST, 1), PATIENCE, gone))
        .isEqualTo(new BidChoice.NoneAcceptable(1, List.of()));
  }

  @Test
  void aBidInOtherMoneyIsRefusedHoweverLow() {
    Bid uakt = bid(1, "akash1a", new DecCoin("uakt", BigDecimal.ONE), 9, Bid.State.OPEN);

    assertThat(choose(rules(Strategy.FIRST, 1), PATIENCE, uakt))
        .isEqualTo(refused(uakt, "it is priced in uakt"));
  }

  @Test
  void aProviderThatRefusedTheManifestIsNotTakenAgain() {
    Bid again = bid(1, "akash1a", "1", 9);
    Bid other = bid(1, "akash1b", "2", 9);
    BidSelection rules = rules(Strategy.CHEAPEST, 1);

    assertThat(choose(rules, Set.of("akash1a"), List.of(1), PATIENCE, again, other))
        .isEqualTo(chosen(other));
    assertThat(choose(rules, Set.of("akash1a"), List.of(1), PATIENCE, again))
        .isEqualTo(refused(again, "the provider refused the manifest"));
  }

  @Test
  void takesOnlyNamedProvidersAndNeverExcludedOnes() {
    Bid bid = bid(1, "akash1a", "1", 9);

    assertThat(choose(only(Set.of("akash1a"), Set.of()), PATIENCE, bid)).isEqualTo(chosen(bid));
    assertThat(choose(only(Set.of("akash1b"), Set.of()), PATIENCE, bid))
        .isEqualTo(refused(bid, "the provider is not in providers"));
    assertThat(choose(only(Set.of("akash1a"), Set.of("akash1a")), PATIENCE, bid))
        .isEqualTo(refused(bid, "the provider is in excludeProviders"));
  }

  @Test
  void asksForEveryAttribute() {
    BidSelection rules = demanding(Map.of("region", "eu-west", "tier", "community"), false);
    Bid bid = bid(1, "akash1a", "1", 9);

    assertThat(
            chooseAmong(
                rules,
                new BidFacts(
                    bid, Map.of("region", "eu-west", "tier", "community", "cpu", "x"), false)))
        .isEqualTo(chosen(bid));
    assertThat(chooseAmong(rules, new BidFacts(bid, Map.of("region", "eu-west"), true)))
        .isEqualTo(refused(bid, "the provider's tier is not community"));
    assertThat(chooseAmong(rules, new BidFacts(bid, Map.of(), true)))
        .as("of several the first by name, so that the reason is always the same")
        .isEqualTo(refused(bid, "the provider's region is not eu-west"));
  }

  @Test
  void asksForAnAuditOnlyIfTold() {
    Bid bid = bid(1, "akash1a", "1", 9);

    assertThat(chooseAmong(demanding(Map.of(), true), new BidFacts(bid, Map.of(), true)))
        .isEqualTo(chosen(bid));
    assertThat(chooseAmong(demanding(Map.of(), true), new BidFacts(bid, Map.of(), false)))
        .isEqualTo(refused(bid, "the provider is not audited"));
    assertThat(chooseAmong(demanding(Map.of(), false), new BidFacts(bid, Map.of(), false)))
        .isEqualTo(chosen(bid));
  }

  @Test
  void choosesForEveryGroupItsOwnBidInTheOrderOfGroups() {
    Bid one = bid(1, "akash1a", "1", 9);
    Bid two = bid(2, "akash1b", "2", 9);

    assertThat(
            choose(
                rules(Strategy.CHEAPEST, 1),
                Set.of(),
                List.of(2, 1),
                PATIENCE,
                two,
                bid(1, "akash1b", "3", 9),
                one))
        .isEqualTo(chosen(one, two));
  }

  @Test
  void takesNoGroupBeforeAllHaveTheirBid() {
    assertThat(
            choose(
                rules(Strategy.FIRST, 1),
                Set.of(),
                List.of(1, 2),
                EARLY,
                bid(1, "akash1a", "1", 9)))
        .isEqualTo(new BidChoice.Waiting());
  }

  @Test
  void aGroupWithoutAcceptableBidFailsTheWhole() {
    Bid dear = bid(2, "akash1b", "11", 9);

    assertThat(
            choose(
                cheapestUpTo("10"),
                Set.of(),
                List.of(1, 2),
                PATIENCE,
                bid(1, "akash1a", "1", 9),
                dear))
        .isEqualTo(
            new BidChoice.NoneAcceptable(
                2, List.of(new RefusedBid(dear, "it is over maxPricePerBlock"))));
  }

  @Test
  void groupsThatHaveALeaseAlreadyAreLeftAlone() {
    Bid two = bid(2, "akash1b", "2", 9);

    assertThat(
            choose(
                rules(Strategy.FIRST, 1),
                Set.of(),
                List.of(2),
                PATIENCE,
                bid(1, "akash1a", "1", 9),
                two))
        .isEqualTo(chosen(two));
  }
}
