package io.berth.local.providers.bidding;

import static io.berth.local.providers.bidding.Groups.group;
import static io.berth.local.providers.bidding.Groups.unit;
import static io.berth.local.providers.bidding.Groups.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.DecCoin;
import io.berth.proto.akash.base.resources.v1beta4.Endpoint;
import io.berth.proto.akash.deployment.v1beta4.GroupSpec;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalePricingTest {
  private static final ScalePricing PRICING =
      new ScalePricing(
          new BigDecimal("0.1"),
          new BigDecimal("0.5"),
          Map.of("ephemeral", new BigDecimal("0.25"), "beta2", new BigDecimal("2")),
          new BigDecimal("10"),
          new BigDecimal("100"));

  @Test
  void addsUpEveryReplicaOfEveryUnit() {
    GroupSpec group =
        group(
            unit(1000, 4 << 20, 2)
                .setResource(
                    unit(1000, 4 << 20, 2).getResource().toBuilder().addStorage(volume(8 << 20))),
            unit(10, 1 << 20, 1));

    // 2 × (1000 × 0.1 + 4 × 0.5 + 8 × 0.25) + (10 × 0.1 + 1 × 0.5)
    assertThat(PRICING.price(group))
        .hasValueSatisfying(price -> assertThat(price.amount()).isEqualByComparingTo("209.5"));
  }

  @Test
  void pricesEndpointsOncePerUnitAndLeasedIpsOnTop() {
    var unit = unit(0, 0, 3);
    unit.getResourceBuilder().addEndpointsBuilder();
    unit.getResourceBuilder().addEndpointsBuilder().setKind(Endpoint.Kind.LEASED_IP);

    assertThat(PRICING.price(group(unit)))
        .hasValueSatisfying(price -> assertThat(price.amount()).isEqualByComparingTo("120"));
  }

  @Test
  void pricesPersistentVolumesByClassAndRefusesAnUnknownOne() {
    var known = unit(0, 0, 1);
    known.getResourceBuilder().addStorage(volume(1 << 20, "persistent", "true", "class", "beta2"));
    var unknown = unit(0, 0, 1);
    unknown
        .getResourceBuilder()
        .addStorage(volume(1 << 20, "persistent", "true", "class", "beta3"));
    var ram = unit(0, 0, 1);
    ram.getResourceBuilder().addStorage(volume(1 << 20, "persistent", "false", "class", "ram"));

    assertThat(PRICING.price(group(known)))
        .hasValueSatisfying(price -> assertThat(price.amount()).isEqualByComparingTo("2"));
    assertThat(PRICING.price(group(unknown))).isEmpty();
    assertThat(PRICING.price(group(ram)))
        .hasValueSatisfying(price -> assertThat(price.amount()).isEqualByComparingTo("0.25"));
  }

  @Test
  void neverOffersAPriceOfZero() {
    assertThat(PRICING.price(group(unit(0, 0, 1)))).isEmpty();
  }

  @Test
  void keepsTheDenominationOfTheOrder() {
    assertThat(PRICING.price(group(unit(1, 0, 1)))).map(DecCoin::denom).hasValue("uact");
  }

  @Test
  void theMaximumIsTheSumOverUnitsAndCounts() {
    DecCoin maximum = ScalePricing.maximum(group(unit(1, 1, 2), unit(1, 1, 3)));

    assertThat(maximum.amount()).isEqualByComparingTo("5000");
  }

  @Test
  void aFactorScalesEveryPrice() {
    GroupSpec group = group(unit(1000, 4 << 20, 2));

    assertThat(PRICING.times(new BigDecimal("1.5")).price(group).orElseThrow().amount())
        .isEqualByComparingTo(
            PRICING.price(group).orElseThrow().amount().multiply(new BigDecimal("1.5")));
  }
}
