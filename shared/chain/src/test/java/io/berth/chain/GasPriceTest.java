package io.berth.chain;

import static io.berth.chain.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.akash.Coin;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GasPriceTest {

  @Test
  void roundsFeesUpAsTheSdkDoes() {
    JsonNode cases = Vectors.read("fees.json").get("calculate_fee");
    assertThat(cases).hasSizeGreaterThan(30);
    for (JsonNode fee : cases) {
      JsonNode expected = fee.get("fee").get("amount").get(0);
      assertThat(GasPrice.parse(text(fee, "gas_price")).of(Long.parseLong(text(fee, "gas"))))
          .isEqualTo(new Coin(text(expected, "denom"), new BigInteger(text(expected, "amount"))));
    }
  }

  @Test
  void roundsGasLimitsUpAsConsoleDoes() {
    JsonNode cases = Vectors.read("fees.json").get("gas_limits");
    assertThat(cases).isNotEmpty();
    for (JsonNode limit : cases) {
      assertThat(
              GasPrice.limit(
                  limit.get("simulated_gas").asLong(), limit.get("multiplier").decimalValue()))
          .isEqualTo(limit.get("gas_limit_ceil").asLong());
    }
  }

  @Test
  void refusesAPriceWithoutDenomination() {
    assertThatThrownBy(() -> GasPrice.parse("0.025")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GasPrice.parse("-1uakt")).isInstanceOf(IllegalArgumentException.class);
  }
}
