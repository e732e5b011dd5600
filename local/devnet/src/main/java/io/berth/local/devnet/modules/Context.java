package io.berth.local.devnet.modules;

import com.google.protobuf.Message;
import io.berth.local.devnet.store.Store;
import io.berth.proto.tendermint.abci.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What a message sees while it runs: the state it may change, the block it runs in, and the events
 * it leaves behind.
 */
public final class Context implements Store {

  private static final int NO_MESSAGE = -1;

  private final Store store;
  private final long height;
  private final Instant time;
  private final String chainId;
  private final int messageIndex;
  private final List<Event> events;

  /** For the chain's own work and a transaction's ante checks. */
  public Context(Store store, long height, Instant time, String chainId) {
    this(store, height, time, chainId, NO_MESSAGE, new ArrayList<>());
  }

  private Context(
      Store store,
      long height,
      Instant time,
      String chainId,
      int messageIndex,
      List<Event> events) {
    this.store = store;
    this.height = height;
    this.time = time;
    this.chainId = chainId;
    this.messageIndex = messageIndex;
    this.events = events;
  }

  /** The same block and events on another store. */
  public Context on(Store other) {
    return new Context(other, height, time, chainId, messageIndex, new ArrayList<>());
  }

  /** The same context for one message of a transaction, whose number its events will carry. */
  public Context forMessage(int index) {
    return new Context(store, height, time, chainId, index, events);
  }

  /** The block's height. */
  public long height() {
    return height;
  }

  /** The block's time. */
  public Instant time() {
    return time;
  }

  public String chainId() {
    return chainId;
  }

  /** Events so far, in order. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** Leaves a typed event: its type is the message's name, its attributes are JSON texts. */
  public void emit(Message typed) {
    add(Events.typed(typed));
  }

  /** Leaves a plain event of alternating keys and values. */
  public void emit(String type, String... keysAndValues) {
    add(Events.plain(type, keysAndValues));
  }

  private void add(Event event) {
    events.add(messageIndex == NO_MESSAGE ? event : Events.withMessageIndex(event, messageIndex));
  }

  @Override
  public Optional<Message> get(String key) {
    return store.get(key);
  }

  @Override
  public NavigableMap<String, Message> scan(String prefix) {
    return store.scan(prefix);
  }

  @Override
  public void set(String key, Message value) {
    store.set(key, value);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }
}
