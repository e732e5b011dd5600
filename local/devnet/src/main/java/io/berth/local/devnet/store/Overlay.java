package io.berth.local.devnet.store;

import com.google.protobuf.Message;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes on top of another state, kept aside until they are written through. A transaction that
 * fails simply drops its overlay, so that atomicity needs no undo.
 */
public final class Overlay implements Store {

  private final Reader base;
  // An empty value marks a deletion.
  private final NavigableMap<String, Optional<Message>> changes = new TreeMap<>();

  public Overlay(Reader base) {
    this.base = base;
  }

  @Override
  public Optional<Message> get(String key) {
    Optional<Message> changed = changes.get(key);
    return changed != null ? changed : base.get(key);
  }

  @Override
  public NavigableMap<String, Message> scan(String prefix) {
    NavigableMap<String, Message> merged = new TreeMap<>(base.scan(prefix));
    apply(changes.subMap(prefix, true, prefix + Character.MAX_VALUE, false), merged);
    return merged;
  }

  @Override
  public void set(String key, Message value) {
    changes.put(key, Optional.of(value));
  }

  @Override
  public void delete(String key) {
    changes.put(key, Optional.empty());
  }

  /** Whether nothing was changed. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Writes the changes into another store. */
  public void writeTo(Store target) {
    changes.forEach(
        (key, value) ->
            value.ifPresentOrElse(message -> target.set(key, message), () -> target.delete(key)));
  }

  void applyTo(Map<String, Message> target) {
    apply(changes, target);
  }

  private static void apply(Map<String, Optional<Message>> changes, Map<String, Message> target) {
    changes.forEach(
        (key, value) ->
            value.ifPresentOrElse(message -> target.put(key, message), () -> target.remove(key)));
  }
}
