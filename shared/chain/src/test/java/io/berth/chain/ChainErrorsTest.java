package io.berth.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.ledger.ChainError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          failed to execute message; message index: 0: Deployment exists with gas used: '5123' | deployment | 3
          failed to execute message; message index: 2: insufficient balance: deposit invalid with gas used: '99' | market | 28
          failed to execute message; message index: 0: Deposit invalid with gas used: '1' | deployment | 20
          failed to execute message; message index: 0: bid: order not open with gas used: '1' | market | 13
          failed to execute message; message index: 0: bid not open with gas used: '1' | market | 12
          failed to execute message; message index: 0: Group not found with gas used: '1' | deployment | 14
          failed to execute message; message index: 0: group not found with gas used: '1' | market | 16
          failed to execute message; message index: 0: invalid price: denom uakt with gas used: '1' | deployment | 24
          failed to execute message; message index: 0: spendable balance 0uakt is smaller than 9uakt: insufficient funds [cosmos/cosmos-sdk@v0.53.4/x/bank/keeper/send.go:301] with gas used: '54321': unknown request | sdk | 5
          account sequence mismatch, expected 5, got 4: incorrect account sequence [cosmos/cosmos-sdk@v0.46.13/x/auth/ante/sigverify.go:290] with gas wanted: '0' and gas used: '65243' : unknown request | sdk | 32
          fee allowance already exists: invalid request with gas used: '1' | sdk | 18
          failed to execute message; message index: 0: authorization not found with gas used: '1' | authz | 2
          failed to execute message; message index: 0: internal error with gas used: '1' | undefined | 1
          failed to execute message; message index: 0: multi-denonimation group: (uakt == uact fails) with gas used: '1' | undefined | 1
          """)
  void tellsTheModuleAndCodeFromItsWords(String description, String codespace, int code) {
    assertThat(ChainErrors.ofSimulation(description))
        .hasValueSatisfying(
            error -> {
              assertThat(error.codespace()).isEqualTo(codespace);
              assertThat(error.code()).isEqualTo(code);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"Application error processing RPC", "upstream connect error", ""})
  void knowsNothingFromTheWordsOfATransport(String description) {
    assertThat(ChainErrors.ofSimulation(description)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"something nobody registered", "prefix: Deployment exists"})
  void keepsTheWordsAsTheyAre(String log) {
    assertThat(ChainErrors.ofLog(log)).extracting(ChainError::log).isEqualTo(log);
  }
}
