package io.berth.domain.status;

import io.berth.domain.akash.BidId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Status by lease, and who is asking for it just now. Reads are consistent. */
public interface StatusCache {

  /**
   * What is kept of a lease.
   *
   * @param claimedUntil until when somebody is asking; empty if nobody is
   */
  record Entry(Optional<KnownStatus> known, Optional<Instant> claimedUntil) {

    /** Nothing is kept, and nobody asks. */
    public static final Entry NONE = new Entry(Optional.empty(), Optional.empty());

    boolean isClaimed(Instant now) {
      return claimedUntil.map(now::isBefore).orElse(false);
    }
  }

  /** What is kept of leases of a deployment, ended ones too. */
  Map<BidId, Entry> of(String userId, long dseq);

  /** What is kept of leases of all of a user's deployments, ended ones too. */
  Map<BidId, Entry> all(String userId);

  /**
   * Takes it upon oneself to ask.
   *
   * @param until when the claim lapses
   * @return false if somebody else is asking; nothing is changed then
   */
  boolean claim(String userId, BidId lease, Instant now, Instant until);

  /**
   * Keeps what came, and ends the claim.
   *
   * @param claim until when the caller had claimed
   * @return false if the claim has lapsed and another has it; nothing is changed then
   */
  boolean put(String userId, BidId lease, KnownStatus known, Instant claim);

  /** Forgets leases that have ended. */
  void forget(String userId, Collection<BidId> leases);
}
