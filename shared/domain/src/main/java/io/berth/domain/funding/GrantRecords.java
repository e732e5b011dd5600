package io.berth.domain.funding;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The grants table: what is known of each wallet's grants, and every credit. Reads are consistent.
 */
public interface GrantRecords {

  /** What is known of the user's grants; fresh if there is no row. */
  Grants of(String userId);

  Optional<Credit> credit(String userId, String reference);

  /**
   * Replaces what is known. Signatures do not stand in the way: one that is not in {@code seen}
   * stays in flight. Once this begins a change, nothing is signed until the change has ended.
   *
   * @return false if it has changed since it was seen; nothing is changed then
   */
  boolean replace(Grants seen, Grants next);

  /** Some of what the user's wallet has in flight: the intents that are kept with this one. */
  Set<String> inFlightWith(String userId, String intentId);

  /**
   * Takes signed intents that have ended out of what is in flight, whatever else has changed since.
   *
   * @param height of the highest block that one of them ended in; what is known of earlier blocks
   *     never counts again
   */
  void ended(String userId, Set<String> intentIds, long height);

  /**
   * Records a new credit with what follows from it, both or neither.
   *
   * @return false if there is one of this reference, or {@code seen} has changed
   */
  boolean credit(Grants seen, Grants next, Credit credit);

  /**
   * Records that credits were granted, with what follows from it, all or nothing.
   *
   * @return false if {@code seen} has changed
   */
  boolean granted(Grants seen, Grants next, List<Credit> credits);

  /** Hands over every user of whom something is known, in no order. */
  void eachUser(Consumer<String> consumer);
}
