package io.berth.local.devnet.store;

import com.google.protobuf.Message;

/** State that one execution may change. */
public interface Store extends Reader {

  /** Puts a value under a key, replacing what was there. */
  void set(String key, Message value);

  /** Removes a key; a missing one is no error. */
  void delete(String key);
}
