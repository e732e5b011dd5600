package io.berth.domain.ledger;

import java.util.Optional;

/** The intents table. Reads are consistent. */
public interface Intents {

  /**
   * Records a new intent.
   *
   * @return false if one with this id exists already; nothing is changed then
   */
  boolean create(Intent intent);

  Optional<Intent> find(String id);

  /**
   * Moves an intent on.
   *
   * @param from the intent as it was read
   * @param next its next state
   * @return false if it is no longer in {@code from}'s state; nothing is changed then
   */
  boolean advance(Intent from, IntentState next);
}
