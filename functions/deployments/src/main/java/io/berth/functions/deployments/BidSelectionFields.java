package io.berth.functions.deployments;

import io.berth.domain.bidding.BidSelection;
import io.berth.domain.bidding.BidSelection.Strategy;
import io.berth.http.Fields;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code bidSelection} of {@code POST /v1/deployments}. */
final class BidSelectionFields {
  private static final String NAME = "bidSelection";
  private static final List<String> STRATEGIES = List.of("cheapest", "first");
  private static final int MOST_PROVIDERS = 100;
  private static final int MOST_ATTRIBUTES = 50;
  private static final int MOST_BIDS = 20;

  /** As the chain's prices. */
  private static final int PRICE_DECIMALS = 18;

  /** Providers take bids back after 5 minutes; a minute of it is for the leases. */
  private static final int LONGEST_WAIT_SECONDS = 240;

  private static final int WAIT_SECONDS = 60;
  private static final int CHEAPEST_MIN_BIDS = 3;

  private BidSelectionFields() {}

  /**
   * The rules in a request; every broken one is reported to the fields.
   *
   * @param data the object that may have {@code bidSelection}
   * @return empty if the owner wants to choose himself
   */
  static Optional<BidSelection> read(Fields data) {
    return data.isPresent(NAME) ? Optional.of(selection(data.object(NAME))) : Optional.empty();
  }

  private static BidSelection selection(Fields rules) {
    Strategy strategy = strategy(rules);
    Set<String> providers = addresses(rules, "providers");
    Set<String> excluded = addresses(rules, "excludeProviders");
    if (!providers.isEmpty() && excluded.containsAll(providers)) {
      rules.reject("excludeProviders", "Excludes every one of providers");
    }
    return new BidSelection(
        strategy,
        price(rules),
        providers,
        excluded,
        attributes(rules),
        rules.isPresent("audited") && rules.bool("audited"),
        minBids(rules, strategy),
        Duration.ofSeconds(
            rules.isPresent("waitSeconds")
                ? rules.intBetween("waitSeconds", 1, LONGEST_WAIT_SECONDS)
                : WAIT_SECONDS));
  }

  private static Strategy strategy(Fields rules) {
    String name = rules.oneOf("strategy", STRATEGIES);
    return STRATEGIES.contains(name)
        ? Strategy.valueOf(name.toUpperCase(Locale.ROOT))
        : Strategy.CHEAPEST;
  }

  private static Optional<BigDecimal> price(Fields rules) {
    if (!rules.isPresent("maxPricePerBlock")) {
      return Optional.empty();
    }
    BigDecimal price = rules.positiveNumber("maxPricePerBlock");
    if (price.scale() > PRICE_DECIMALS) {
      rules.reject("maxPricePerBlock", "Number must have at most 18 decimals");
    }
    return Optional.of(price);
  }

  private static Set<String> addresses(Fields rules, String name) {
    return rules.isPresent(name) ? Set.copyOf(rules.addresses(name, MOST_PROVIDERS)) : Set.of();
  }

  private static Map<String, String> attributes(Fields rules) {
    return rules.isPresent("attributes") ? rules.strings("attributes", MOST_ATTRIBUTES) : Map.of();
  }

  /** To wait for several and then take the first would be to wait for nothing. */
  private static int minBids(Fields rules, Strategy strategy) {
    if (!rules.isPresent("minBids")) {
      return strategy == Strategy.CHEAPEST ? CHEAPEST_MIN_BIDS : 1;
    }
    int minBids = rules.intBetween("minBids", 1, MOST_BIDS);
    if (strategy == Strategy.FIRST && minBids > 1) {
      rules.reject("minBids", "Strategy first takes one bid; it waits for no more");
    }
    return minBids;
  }
}
