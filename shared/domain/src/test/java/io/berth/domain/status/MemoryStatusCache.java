package io.berth.domain.status;

import io.berth.domain.akash.BidId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A status cache in memory, for one user. */
final class MemoryStatusCache implements StatusCache {
  private final Map<BidId, Entry> entries = new HashMap<>();

  @Override
  public synchronized Map<BidId, Entry> find(String userId, Collection<BidId> leases) {
    Map<BidId, Entry> found = new HashMap<>(entries);
    found.keySet().retainAll(leases);
    return found;
  }

  @Override
  public synchronized boolean claim(String userId, BidId lease, Instant now, Instant until) {
    Entry entry = entries.getOrDefault(lease, Entry.NONE);
    if (entry.isClaimed(now)) {
      return false;
    }
    entries.put(lease, new Entry(entry.known(), Optional.of(until)));
    return true;
  }

  @Override
  public synchronized boolean put(String userId, BidId lease, KnownStatus known, Instant claim) {
    if (!entries.getOrDefault(lease, Entry.NONE).claimedUntil().equals(Optional.of(claim))) {
      return false;
    }
    entries.put(lease, new Entry(Optional.of(known), Optional.empty()));
    return true;
  }
}
