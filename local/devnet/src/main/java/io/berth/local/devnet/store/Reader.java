package io.berth.local.devnet.store;

import com.google.protobuf.Message;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** State that can be read: protobuf messages, which are immutable, under ordered text keys. */
public interface Reader {

  /** The value under a key, or empty. */
  Optional<Message> get(String key);

  /**
   * Every entry whose key starts with the prefix, in key order. The map is the caller's to keep.
   */
  NavigableMap<String, Message> scan(String prefix);

  /** The value under a key as the type that the module keeps there. */
  default <T extends Message> Optional<T> get(String key, Class<T> type) {
    return get(key).map(type::cast);
  }

  /** Every entry under a prefix as the type that the module keeps there. */
  default <T extends Message> NavigableMap<String, T> scan(String prefix, Class<T> type) {
    NavigableMap<String, T> typed = new TreeMap<>();
    scan(prefix).forEach((key, value) -> typed.put(key, type.cast(value)));
    return Collections.unmodifiableNavigableMap(typed);
  }

  /** Whether there is a value under a key. */
  default boolean has(String key) {
    return get(key).isPresent();
  }
}
