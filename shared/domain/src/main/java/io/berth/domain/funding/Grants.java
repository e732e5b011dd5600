package io.berth.domain.funding;

import io.berth.domain.ledger.IntentState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be known before a wallet's grants may change. On the chain, a new deposit
 * authorization replaces the old limit: whatever the wallet deposits or gets back between the
 * reading of the old limit and the new grant would be lost. So while a change is under way nothing
 * is signed for the wallet, and the limit is read once all that was signed has ended, at a block
 * that shows it.
 *
 * <p>That suffices, since only the owner's own transactions change the limit: deposits, and closing
 * a deployment, which gives the rest back. Providers close leases and take their pay, but neither
 * closes an escrow account with anything left in it; a stranger's deposit goes back to the stranger
 * (chain-protocol.md §6.4, §6.5).
 *
 * @param version how often this was changed, signatures apart; 0 while there is no row
 * @param inFlight ids of the wallet's intents that were signed and are not known to have ended;
 *     complete if a change is under way, since none is added then
 * @param height the chain shows the end of everything that is known to have ended from here on
 * @param changes how many changes were made
 * @param change the one that is under way
 * @param pending references of credits that are not granted yet, oldest first
 */
public record Grants(
    String userId,
    long version,
    Set<String> inFlight,
    long height,
    long changes,
    Optional<GrantChange> change,
    List<String> pending) {

  /** Most credits that one change grants: they end in one DynamoDB transaction, of 100 writes. */
  static final int MOST_CREDITS = 50;

  public Grants {
    inFlight = Set.copyOf(inFlight);
    pending = List.copyOf(pending);
  }

  /** Of a wallet that has none. */
  public static Grants fresh(String userId) {
    return new Grants(userId, 0, Set.of(), 0, 0, Optional.empty(), List.of());
  }

  /** After it was seen that one of the signed intents has ended. */
  public Grants ended(String intentId, IntentState.Ended end) {
    Set<String> fewer = new HashSet<>(inFlight);
    fewer.remove(intentId);
    return next(fewer, Math.max(height, end.height()), changes, change, pending);
  }

  /** After a credit was recorded. */
  Grants credited(String reference) {
    List<String> more = new ArrayList<>(pending);
    more.add(reference);
    return next(inFlight, height, changes, change, more);
  }

  /** With a change under way that grants what is pending. */
  Grants begun() {
    List<String> references = pending.subList(0, Math.min(MOST_CREDITS, pending.size()));
    return next(
        inFlight, height, changes, Optional.of(new GrantChange(changes + 1, references)), pending);
  }

  /** After the change took effect in the block at this height. */
  Grants done(long at) {
    List<String> left = new ArrayList<>(pending);
    left.removeAll(change.orElseThrow().references());
    return next(inFlight, Math.max(height, at), changes + 1, Optional.empty(), left);
  }

  private Grants next(
      Set<String> newInFlight,
      long newHeight,
      long newChanges,
      Optional<GrantChange> newChange,
      List<String> newPending) {
    return new Grants(
        userId, version + 1, newInFlight, newHeight, newChanges, newChange, newPending);
  }
}
