package io.berth.functions.signer;

import io.berth.domain.Bytes;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Budgets;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Intents;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletRef;
import io.berth.domain.wallet.Wallets;
import io.berth.wallet.DataKey;
import io.berth.wallet.DataKeys;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The signer's surroundings in memory. */
final class Memory {
  private Memory() {}

  static final class IntentRows implements Intents {
    final Map<String, Intent> rows = new ConcurrentHashMap<>();

    @Override
    public boolean create(Intent intent) {
      return rows.putIfAbsent(intent.id(), intent) == null;
    }

    @Override
    public boolean createAfter(Optional<String> last, Intent intent) {
      throw new AssertionError("the signer records nothing");
    }

    @Override
    public Optional<String> lastOf(WalletRef wallet) {
      throw new AssertionError("the signer needs one intent only");
    }

    @Override
    public Optional<Intent> find(String id) {
      return Optional.ofNullable(rows.get(id));
    }

    @Override
    public boolean advance(Intent from, IntentState next) {
      return rows.replace(from.id(), from, from.with(next));
    }
  }

  static final class BudgetRows implements Budgets {
    final Map<String, Budget> rows = new HashMap<>();
    private final IntentRows intents;

    BudgetRows(IntentRows intents) {
      this.intents = intents;
    }

    @Override
    public synchronized Budget of(String userId) {
      return rows.getOrDefault(userId, Budget.fresh(userId));
    }

    @Override
    public synchronized boolean sign(
        Budget seen, Budget next, Intent intent, IntentState.Signed signed) {
      if (!of(seen.userId()).equals(seen) || !intents.advance(intent, signed)) {
        return false;
      }
      rows.put(seen.userId(), next);
      return true;
    }
  }

  static final class WalletRows implements Wallets {
    final Map<String, Wallet> rows = new HashMap<>();

    @Override
    public boolean create(Wallet wallet) {
      return rows.putIfAbsent(wallet.userId(), wallet) == null;
    }

    @Override
    public Optional<Wallet> find(String userId) {
      return Optional.ofNullable(rows.get(userId));
    }

    @Override
    public void markActivated(String userId, Instant at) {
      throw new AssertionError("the signer activates nobody");
    }
  }

  /** One data key for each context, wrapped as the context's own text. */
  static final class ContextKeys implements DataKeys {

    @Override
    public DataKey generate(Map<String, String> context) {
      return new DataKey(keyOf(context), wrapped(context));
    }

    @Override
    public DataKey unwrap(Bytes wrapped, Map<String, String> context) {
      if (!wrapped.equals(wrapped(context))) {
        throw new IllegalArgumentException("wrapped for another context");
      }
      return new DataKey(keyOf(context), wrapped);
    }

    private static Bytes wrapped(Map<String, String> context) {
      return Bytes.of(
          new java.util.TreeMap<>(context)
              .toString()
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static byte[] keyOf(Map<String, String> context) {
      byte[] key = new byte[32];
      Arrays.fill(key, (byte) new java.util.TreeMap<>(context).toString().hashCode());
      return key;
    }
  }
}
