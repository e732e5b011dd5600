package io.berth.domain.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The API keys table. A key is found by its digest or by its owner; reads are consistent. */
public interface ApiKeys {

  void create(ApiKey key);

  Optional<ApiKey> findByDigest(String digest);

  Optional<ApiKey> find(String userId, String id);

  /** The user's keys, newest first. */
  List<ApiKey> list(String userId);

  /**
   * Renames a key.
   *
   * @return the key as it is now; empty if the user has no such key
   */
  Optional<ApiKey> rename(String userId, String id, String name, Instant at);

  /**
   * Removes a key; it stops working at once.
   *
   * @return whether there was one
   */
  boolean delete(String userId, String id);

  /** Records a use. Keeps a later time; does nothing if the key is gone. */
  void touch(String userId, String id, Instant at);
}
