package io.berth.local.devnet.modules;

import io.berth.local.devnet.store.Version;

/**
 * Where queries read: the newest block, an older one that the caller asked for, or a lagging one.
 */
@FunctionalInterface
public interface StateSource {

  /** The version that the current call reads. */
  Version current();
}
