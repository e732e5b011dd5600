package io.berth.local.devnet.store;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state as one block left it. Immutable, so that queries read it without a lock while the next
 * block is made.
 *
 * @param height the block's height
 * @param time the block's time
 * @param entries the whole state
 */
public record Version(long height, Instant time, NavigableMap<String, Message> entries)
    implements Reader {

  /** Wraps the map without copying: whoever makes a version gives the map away. */
  public Version {
    entries = Collections.unmodifiableNavigableMap(entries);
  }

  /** The state before the first block. */
  public static Version empty(Instant time) {
    return new Version(0, time, new TreeMap<>());
  }

  /** The next block's version: this one with the overlay's changes. */
  public Version next(Instant blockTime, Overlay changes) {
    if (changes.isEmpty()) {
      return new Version(height + 1, blockTime, entries);
    }
    NavigableMap<String, Message> changed = new TreeMap<>(entries);
    changes.applyTo(changed);
    return new Version(height + 1, blockTime, changed);
  }

  @Override
  public Optional<Message> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public NavigableMap<String, Message> scan(String prefix) {
    return entries.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
  }
}
