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
  public synchronized Map<BidId, Entry> of(String userId, long dseq) {
    Map<BidId, Entry> found = all(userId);
    found.keySet().removeIf(lease -> lease.order().dseq() != dseq);
    return found;
  }

  @Override
  public synchronized Map<BidId, Entry> all(String userId) {
    return new HashMap<>(entries);
  }

  @Override
  public synchronized void forget(String userId, Collection<BidId> leases) {
    entries.keySet().removeAll(leases);
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
