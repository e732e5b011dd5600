package io.berth.domain.bidding;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Bid;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.bidding.BidSelection.Strategy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for all rules and bids. */
class BidChooserPropertiesTest {
  private static final List<Integer> GROUPS = List.of(1, 2);
  private static final Set<String> REFUSED_BY = Set.of("akash1c");

  @Provide
  Arbitrary<BidSelection> rules() {
    return Combinators.combine(
            Arbitraries.of(Strategy.values()),
            Arbitraries.integers().between(1, 6).map(BigDecimal::valueOf).optional(),
            providers(),
            providers(),
            attributes("eu"),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(0, 3).map(Duration::ofSeconds))
        .as(BidSelection::new);
  }

  @Provide
  Arbitrary<List<BidFacts>> offers() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            provider(),
            Combinators.combine(
                    Arbitraries.frequencyOf(
                        Tuple.of(9, Arbitraries.just("uact")),
                        Tuple.of(1, Arbitraries.just("uakt"))),
                    Arbitraries.integers().between(1, 8).map(BigDecimal::valueOf))
                .as(DecCoin::new),
            Arbitraries.longs().between(1, 4),
            Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(Bid.State.OPEN)),
                Tuple.of(1, Arbitraries.of(Bid.State.values()))),
            attributes("eu", "us"),
            Arbitraries.of(true, false))
        .as(
            (gseq, provider, price, height, state, attributes, audited) ->
                new BidFacts(Bids.bid(gseq, provider, price, height, state), attributes, audited))
        .list()
        .ofMaxSize(14)
        .uniqueElements(facts -> facts.bid().id());
  }

  @Provide
  Arbitrary<Duration> times() {
    return Arbitraries.integers().between(0, 4).map(Duration::ofSeconds);
  }

  private static Arbitrary<Map<String, String>> attributes(String... regions) {
    return Arbitraries.maps(Arbitraries.just("region"), Arbitraries.of(regions)).ofMaxSize(1);
  }

  private static Arbitrary<String> provider() {
    return Arbitraries.of("akash1a", "akash1b", "akash1c", "akash1d", "akash1e");
  }

  private static Arbitrary<Set<String>> providers() {
    return provider().set().ofMaxSize(3);
  }

  /** The rules said a second time, as plainly as they can be. */
  private static boolean meets(BidSelection rules, BidFacts offer) {
    String provider = offer.bid().id().provider();
    return offer.bid().state() == Bid.State.OPEN
        && offer.bid().price().denom().equals("uact")
        && !REFUSED_BY.contains(provider)
        && !rules.excludeProviders().contains(provider)
        && (rules.providers().isEmpty() || rules.providers().contains(provider))
        && rules.maxPricePerBlock().stream()
            .allMatch(most -> offer.bid().price().amount().compareTo(most) <= 0)
        && (!rules.audited() || offer.audited())
        && offer.attributes().entrySet().containsAll(rules.attributes().entrySet());
  }

  private static List<Bid> acceptable(BidSelection rules, List<BidFacts> offers, int gseq) {
    return offers.stream()
        .filter(offer -> offer.bid().id().order().gseq() == gseq && meets(rules, offer))
        .map(BidFacts::bid)
        .toList();
  }

  private static BidChoice choose(BidSelection rules, List<BidFacts> offers, Duration since) {
    return new BidChooser(rules, REFUSED_BY).choose(GROUPS, offers, since);
  }

  @Property
  void everyGroupGetsOneBidThatMeetsTheRulesAndNoneIsBetter(
      @ForAll("rules") BidSelection rules,
      @ForAll("offers") List<BidFacts> offers,
      @ForAll("times") Duration since) {
    if (choose(rules, offers, since) instanceof BidChoice.Chosen(List<Bid> bids)) {
      assertThat(bids).extracting(bid -> bid.id().order().gseq()).isEqualTo(GROUPS);
      for (Bid bid : bids) {
        List<Bid> rivals = acceptable(rules, offers, bid.id().order().gseq());
        assertThat(rivals).contains(bid);
        switch (rules.strategy()) {
          case CHEAPEST ->
              assertThat(rivals)
                  .allSatisfy(
                      rival ->
                          assertThat(bid.price().amount())
                              .isLessThanOrEqualTo(rival.price().amount()));
          case FIRST ->
              assertThat(rivals)
                  .allSatisfy(
                      rival -> assertThat(bid.createdAt()).isLessThanOrEqualTo(rival.createdAt()));
        }
      }
    }
  }

  @Property
  void itWaitsOnlyWhileThereIsTimeAndSomeGroupHasTooFewBids(
      @ForAll("rules") BidSelection rules,
      @ForAll("offers") List<BidFacts> offers,
      @ForAll("times") Duration since) {
    boolean tooFew =
        GROUPS.stream().anyMatch(gseq -> acceptable(rules, offers, gseq).size() < rules.minBids());
    boolean early = since.compareTo(rules.patience()) < 0;

    assertThat(choose(rules, offers, since) instanceof BidChoice.Waiting)
        .isEqualTo(early && tooFew);
  }

  @Property
  void itFailsOnlyForAGroupWithoutAcceptableBidAndNamesEveryOpenOne(
      @ForAll("rules") BidSelection rules,
      @ForAll("offers") List<BidFacts> offers,
      @ForAll("times") Duration since) {
    if (choose(rules, offers, since)
        instanceof BidChoice.NoneAcceptable(int gseq, List<RefusedBid> refused)) {
      assertThat(acceptable(rules, offers, gseq)).isEmpty();
      assertThat(since).isGreaterThanOrEqualTo(rules.patience());
      assertThat(refused)
          .extracting(RefusedBid::bid)
          .containsExactlyInAnyOrderElementsOf(
              offers.stream()
                  .map(BidFacts::bid)
                  .filter(bid -> bid.id().order().gseq() == gseq)
                  .filter(bid -> bid.state() == Bid.State.OPEN)
                  .toList());
      assertThat(refused)
          .extracting(RefusedBid::reason)
          .allSatisfy(r -> assertThat(r).isNotBlank());
    }
  }

  @Property
  void theOrderInWhichBidsAreReadDoesNotMatter(
      @ForAll("rules") BidSelection rules,
      @ForAll("offers") List<BidFacts> offers,
      @ForAll("times") Duration since,
      @ForAll Random random) {
    List<BidFacts> shuffled = new ArrayList<>(offers);
    Collections.shuffle(shuffled, random);

    assertThat(choose(rules, shuffled, since)).isEqualTo(choose(rules, offers, since));
  }
}
