package io.berth.domain.ledger;

import io.berth.domain.wallet.WalletRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The intents table as its port describes it, in memory. */
public final class MemoryIntents implements Intents {
  private final Map<String, Intent> rows = new HashMap<>();
  private final Map<WalletRef, String> lasts = new HashMap<>();
  private final List<String> transitions = new ArrayList<>();

  @Override
  public boolean create(Intent intent) {
    return rows.putIfAbsent(intent.id(), intent) == null;
  }

  @Override
  public boolean createAfter(Optional<String> last, Intent intent) {
    if (!last.equals(lastOf(intent.wallet())) || !create(intent)) {
      return false;
    }
    lasts.put(intent.wallet(), intent.id());
    return true;
  }

  @Override
  public Optional<String> lastOf(WalletRef wallet) {
    return Optional.ofNullable(lasts.get(wallet));
  }

  @Override
  public Optional<Intent> find(String id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public Map<String, Long> ended(Set<String> ids) {
    Map<String, Long> ended = new HashMap<>();
    for (String id : ids) {
      if (rows.get(id).state() instanceof IntentState.Ended end) {
        ended.put(id, end.height());
      }
    }
    return ended;
  }

  @Override
  public boolean advance(Intent from, IntentState next) {
    Intent stored = rows.get(from.id());
    if (!stored.state().name().equals(from.state().name())) {
      return false;
    }
    rows.put(from.id(), stored.with(next));
    transitions.add(next.name());
    return true;
  }

  IntentState stateOf(String id) {
    return rows.get(id).state();
  }

  /** The states that were stored, in order. */
  List<String> transitions() {
    return transitions;
  }

  int size() {
    return rows.size();
  }
}
