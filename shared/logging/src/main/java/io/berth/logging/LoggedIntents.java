package io.berth.logging;

import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Intents;
import io.berth.domain.wallet.WalletRef;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Intents whose every step is logged, and whose ends are counted: the metric {@code Transactions}
 * by {@code Outcome}. What another process did first is not counted here.
 */
public final class LoggedIntents implements Intents {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedIntents.class);

  private final Intents intents;

  /** Logs what is done to these. */
  public LoggedIntents(Intents intents) {
    this.intents = intents;
  }

  @Override
  public boolean create(Intent intent) {
    return logged(intent, intents.create(intent));
  }

  @Override
  public boolean createAfter(Optional<String> last, Intent intent) {
    return logged(intent, intents.createAfter(last, intent));
  }

  private static boolean logged(Intent intent, boolean created) {
    if (created) {
      try (LogContext _ = LogContext.open().with(LogField.INTENT, intent.id())) {
        LOG.info("intent recorded, valid until {}", intent.timeout());
      }
    }
    return created;
  }

  @Override
  public Optional<String> lastOf(WalletRef wallet) {
    return intents.lastOf(wallet);
  }

  @Override
  public Optional<Intent> find(String id) {
    return intents.find(id);
  }

  @Override
  public Map<String, Long> ended(Set<String> ids) {
    return intents.ended(ids);
  }

  @Override
  public boolean advance(Intent from, IntentState next) {
    boolean advanced = intents.advance(from, next);
    if (advanced) {
      try (LogContext _ =
          LogContext.open()
              .with(LogField.INTENT, from.id())
              .with(LogField.TRANSACTION, hash(next))) {
        log(from.state(), next);
      }
    }
    return advanced;
  }

  private static void log(IntentState before, IntentState now) {
    switch (now) {
      case IntentState.Failed(var result) ->
          LOG.warn(
              "transaction {} in block {}: {}",
              now.name(),
              result.height(),
              result.error().map(LoggedIntents::code).orElse("no code"));
      case IntentState.Committed(var result) ->
          LOG.info(
              "transaction {} in block {}, {} gas", now.name(), result.height(), result.gasUsed());
      case IntentState.Expired() -> LOG.warn("transaction {} after {}", now.name(), before.name());
      case IntentState.New() -> LOG.info("intent {}", now.name());
      case IntentState.Live live -> LOG.info("transaction {}", live.name());
    }
    if (now instanceof IntentState.Ended) {
      Metric.count("Transactions", "Outcome", now.name());
    }
  }

  /** The chain's own text may be anything, so it stays with the intent. */
  private static String code(ChainError error) {
    return error.codespace() + " " + error.code();
  }

  private static String hash(IntentState state) {
    return switch (state) {
      case IntentState.Live live -> live.hash();
      case IntentState.Committed(var result) -> result.hash();
      case IntentState.Failed(var result) -> result.hash();
      case IntentState.New() -> "";
      case IntentState.Expired() -> "";
    };
  }
}
