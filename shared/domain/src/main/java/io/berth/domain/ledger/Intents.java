package io.berth.domain.ledger;

import io.berth.domain.wallet.WalletRef;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The intents table. Reads are consistent. */
public interface Intents {

  /**
   * Records a new intent.
   *
   * @return false if one with this id exists already; nothing is changed then
   */
  boolean create(Intent intent);

  /**
   * Records a wallet's next ordered intent, if the wallet's last one is still {@code last}.
   *
   * @param last id of the wallet's last ordered intent; empty if it had none
   * @return false if another came first, or one with this id exists; nothing is changed then
   */
  boolean createAfter(Optional<String> last, Intent intent);

  /** Id of the wallet's last ordered intent. */
  Optional<String> lastOf(WalletRef wallet);

  Optional<Intent> find(String id);

  /**
   * Of these intents, those that have ended, with the height of the block each is in; 0 for none.
   * It may miss some that ended just now: unlike other reads, this one is eventually consistent.
   *
   * @param ids at most 100
   */
  Map<String, Long> ended(Set<String> ids);

  /**
   * Moves an intent on.
   *
   * @param from the intent as it was read
   * @param next its next state
   * @return false if it is no longer in {@code from}'s state; nothing is changed then
   */
  boolean advance(Intent from, IntentState next);
}
