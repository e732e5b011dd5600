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

  /** What is kept of these leases of a user; no entry where there is nothing. */
  Map<BidId, Entry> find(String userId, Collection<BidId> leases);

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
}
