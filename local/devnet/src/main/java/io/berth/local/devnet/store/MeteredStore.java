package io.berth.local.devnet.store;

import com.google.protobuf.Message;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A store that charges gas as the Cosmos SDK's key-value store does: a flat price per access and a
 * price per byte of key and value.
 */
public final class MeteredStore implements Store {

  private static final long READ_FLAT = 1000;
  private static final long READ_PER_BYTE = 3;
  private static final long WRITE_FLAT = 2000;
  private static final long WRITE_PER_BYTE = 30;
  private static final long DELETE = 1000;
  private static final long NEXT_FLAT = 30;

  private final Store store;
  private final GasMeter gas;

  public MeteredStore(Store store, GasMeter gas) {
    this.store = store;
    this.gas = gas;
  }

  @Override
  public Optional<Message> get(String key) {
    gas.consume(READ_FLAT, "ReadFlat");
    Optional<Message> value = store.get(key);
    gas.consume(READ_PER_BYTE * size(key, value), "ReadPerByte");
    return value;
  }

  @Override
  public NavigableMap<String, Message> scan(String prefix) {
    NavigableMap<String, Message> found = store.scan(prefix);
    found.forEach(
        (key, value) -> {
          gas.consume(READ_PER_BYTE * size(key, Optional.of(value)), "ValuePerByte");
          gas.consume(NEXT_FLAT, "IterNextCostFlat");
        });
    return found;
  }

  @Override
  public void set(String key, Message value) {
    gas.consume(WRITE_FLAT, "WriteFlat");
    gas.consume(WRITE_PER_BYTE * size(key, Optional.of(value)), "WritePerByte");
    store.set(key, value);
  }

  @Override
  public void delete(String key) {
    gas.consume(DELETE, "Delete");
    store.delete(key);
  }

  private static long size(String key, Optional<Message> value) {
    return (long) key.length() + value.map(Message::getSerializedSize).orElse(0);
  }
}
