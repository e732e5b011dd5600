package io.berth.functions.signer;

import io.berth.domain.Bytes;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Charge;
import io.berth.domain.funding.Credit;
import io.berth.domain.funding.GrantRecords;
import io.berth.domain.funding.Grants;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

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

  /** What is known of grants, as far as the signer reads it. */
  static final class GrantRows implements GrantRecords {
    final Map<String, Grants> rows = new HashMap<>();

    @Override
    public synchronized Grants of(String userId) {
      return rows.getOrDefault(userId, Grants.fresh(userId));
    }

    @Override
    public synchronized boolean replace(Grants seen, Grants next) {
      if (!of(seen.userId()).equals(seen)) {
        return false;
      }
      rows.put(seen.userId(), next);
      return true;
    }

    synchronized boolean fly(String userId, String intentId) {
      Grants known = of(userId);
      Set<String> inFlight = new HashSet<>(known.inFlight());
      inFlight.add(intentId);
      rows.put(
          userId,
          new Grants(
              userId,
              known.version() + 1,
              inFlight,
              known.height(),
              known.changes(),
              known.change(),
              known.pending()));
      return known.change().isEmpty();
    }

    @Override
    public Optional<Credit> credit(String userId, String reference) {
      throw new AssertionError("the signer knows no credits");
    }

    @Override
    public boolean credit(Grants seen, Grants next, Credit credit) {
      throw new AssertionError("the signer credits nobody");
    }

    @Override
    public boolean granted(Grants seen, Grants next, List<Credit> credits) {
      throw new AssertionError("the signer changes no grants");
    }

    @Override
    public void eachUser(Consumer<String> consumer) {
      throw new AssertionError("the signer asks for one user only");
    }
  }

  static final class BudgetRows implements Budgets {
    final Map<String, Budget> rows = new HashMap<>();
    private final IntentRows intents;
    private final GrantRows grants;

    BudgetRows(IntentRows intents, GrantRows grants) {
      this.intents = intents;
      this.grants = grants;
    }

    @Override
    public synchronized Budget of(String userId) {
      return rows.getOrDefault(userId, Budget.fresh(userId));
    }

    @Override
    public synchronized boolean sign(Intent intent, IntentState.Signed signed, Charge charge) {
      String userId = charge.seen().userId();
      Budget next = of(userId).after(charge.cost(), charge.today());
      if (next.spent().fees().compareTo(charge.most().fees()) > 0
          || next.spent().deposits().compareTo(charge.most().deposits()) > 0
          || !intents.find(intent.id()).equals(Optional.of(intent))
          || !grants.fly(userId, intent.id())) {
        return false;
      }
      rows.put(userId, next);
      return intents.advance(intent, signed);
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
