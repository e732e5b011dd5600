package io.berth.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.Bytes;
import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Intents;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.ledger.UnsignedTransaction;
import io.berth.domain.wallet.WalletRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoggedIntentsTest {
  private static final Bytes NONE = Bytes.ofHex("");
  private static final Intent INTENT =
      new Intent(
          "create-deployment/ann/42#1",
          new WalletRef.OfUser("ann"),
          new UnsignedTransaction(NONE, NONE, "chain", 1, new Replay.ByTimeout()),
          Instant.parse("2026-11-25T09:00:00Z"),
          7,
          Instant.parse("2026-11-25T08:59:00Z"),
          new IntentState.New());

  private final Logger parent = Logger.getLogger("io.berth");
  private final List<JsonNode> lines = new ArrayList<>();
  private final Handler ear =
      new Handler() {
        private final JsonLines form = new JsonLines();

        @Override
        public void publish(LogRecord line) {
          lines.add(JsonMapper.shared().readTree(form.format(line)));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private boolean changes = true;
  private final Intents intents = new LoggedIntents(new Answering());

  @BeforeEach
  void listen() {
    parent.addHandler(ear);
  }

  @AfterEach
  void hangUp() {
    parent.removeHandler(ear);
  }

  @Test
  void aTransactionIsFollowedFromItsIntentToItsBlock() {
    intents.create(INTENT);
    intents.advance(INTENT, new IntentState.Sent(NONE, "AB12"));
    intents.advance(INTENT, new IntentState.Committed(result(Optional.empty())));

    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line.get("intent").asString()).isEqualTo("create-deployment/ann/42#1"));
    assertThat(lines)
        .extracting(line -> line.get("message").asString())
        .containsExactly(
            "intent recorded, valid until 2026-11-25T09:00:00Z",
            "transaction BROADCAST",
            "transaction COMMITTED in block 9, 100 gas",
            "Transactions Outcome=COMMITTED");
    assertThat(lines.subList(1, 4))
        .allSatisfy(line -> assertThat(line.get("transaction").asString()).isEqualTo("AB12"));
    assertThat(lines.getLast().get("Outcome").asString()).isEqualTo("COMMITTED");
  }

  @Test
  void aRefusalOfTheChainIsAWarningWithItsCodeAndWithoutItsText() {
    intents.advance(
        INTENT,
        new IntentState.Failed(result(Optional.of(ChainError.of("deployment", 99, "their text")))));

    assertThat(lines.getFirst().get("level").asString()).isEqualTo("WARN");
    assertThat(lines.getFirst().get("message").asString())
        .isEqualTo("transaction FAILED in block 9: deployment 99");
    assertThat(lines.getLast().get("Outcome").asString()).isEqualTo("FAILED");
    assertThat(lines.toString()).doesNotContain("their text");
  }

  @Test
  void oneThatExpiredIsAWarning() {
    intents.advance(INTENT, new IntentState.Expired());

    assertThat(lines.getFirst().get("level").asString()).isEqualTo("WARN");
    assertThat(lines.getFirst().get("message").asString())
        .isEqualTo("transaction EXPIRED after NEW");
    assertThat(lines.getLast().get("Outcome").asString()).isEqualTo("EXPIRED");
  }

  @Test
  void whatAnotherDidFirstIsNotCountedAgain() {
    changes = false;

    intents.create(INTENT);
    intents.createAfter(Optional.empty(), INTENT);
    intents.advance(INTENT, new IntentState.Committed(result(Optional.empty())));

    assertThat(lines).isEmpty();
  }

  private static TransactionResult result(Optional<ChainError> error) {
    return new TransactionResult("AB12", 9, 100, error, "their text");
  }

  private final class Answering implements Intents {
    @Override
    public boolean create(Intent intent) {
      return changes;
    }

    @Override
    public boolean createAfter(Optional<String> last, Intent intent) {
      return changes;
    }

    @Override
    public Optional<String> lastOf(WalletRef wallet) {
      return Optional.of("last");
    }

    @Override
    public Optional<Intent> find(String id) {
      return Optional.of(INTENT);
    }

    @Override
    public Map<String, Long> ended(Set<String> ids) {
      return Map.of(INTENT.id(), 7L);
    }

    @Override
    public boolean advance(Intent from, IntentState next) {
      return changes;
    }
  }
}
