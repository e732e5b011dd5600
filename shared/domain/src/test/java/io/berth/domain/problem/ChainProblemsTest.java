package io.berth.domain.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.ChainFault;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What console-contract.md §3.4 says of each refusal. */
class ChainProblemsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          deployment | 20 | Impossible      | Deposit too low
          deployment | 5  | Impossible      | Deployment closed
          escrow     | 2  | Impossible      | Deployment closed
          deployment | 3  | Impossible      | Deployment already exists
          deployment | 10 | Impossible      | Invalid deployment hash
          deployment | 24 | Impossible      | Invalid coin denominations
          deployment | 4  | NotFound        | Deployment not found
          market     | 12 | Impossible      | Failed to create lease: Cannot create lease: The selected bid is no longer open. Please refresh and select an available bid.
          market     | 13 | Impossible      | Failed to create lease: Cannot create lease: The order has already been matched or closed.
          market     | 28 | PaymentRequired | Not enough balance to cover the deployment deposit. Add credits or turn on auto recharge to continue.
          feegrant   | 2  | PaymentRequired | Not enough funds to cover the transaction fee
          sdk        | 5  | Unavailable     | Service temporarily unavailable
          sdk        | 20 | Unavailable     | Service temporarily unavailable
          sdk        | 7  | ChainRefused    | The network refused the transaction (sdk 7)
          """)
  void mapsEachRefusalToItsProblem(String codespace, int code, String kind, String message) {
    Problem problem = ChainProblems.of(ChainError.of(codespace, code, "chain's own words"));

    assertThat(problem.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(problem.message()).isEqualTo(message);
  }

  @Test
  void keepsARefusalThatNobodyRegisteredAsItCame() {
    ChainError error = ChainError.of("wasm", 5, "contract failed");

    assertThat(error).isEqualTo(new ChainError.Unknown("wasm", 5, "contract failed"));
    assertThat(ChainProblems.of(error))
        .isEqualTo(new Problem.ChainRefused("The network refused the transaction (wasm 5)"));
  }

  @Test
  void neverShowsTheChainsOwnWords() {
    for (ChainFault fault : ChainFault.values()) {
      assertThat(ChainProblems.of(new ChainError.Known(fault, "secret words")).message())
          .doesNotContain("secret words");
    }
  }

  @Test
  void tellsEveryFaultByItsPairAlone() {
    Set<String> pairs = new HashSet<>();
    for (ChainFault fault : ChainFault.values()) {
      assertThat(pairs.add(fault.codespace() + fault.code())).as(fault.name()).isTrue();
      assertThat(ChainError.of(fault.codespace(), fault.code(), "log"))
          .isEqualTo(new ChainError.Known(fault, "log"));
    }
    assertThat(pairs).hasSize(Arrays.asList(ChainFault.values()).size());
  }
}
