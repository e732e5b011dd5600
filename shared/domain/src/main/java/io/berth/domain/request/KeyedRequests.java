package io.berth.domain.request;

import java.time.Instant;
import java.util.Optional;

/** The table of requests with keys. Reads are consistent. */
public interface KeyedRequests {

  /**
   * Keeps a new request.
   *
   * @param forgotten requests received before this time count as absent
   * @return false if the user has one with this key; nothing is changed then
   */
  boolean create(KeyedRequest request, Instant forgotten);

  Optional<KeyedRequest> find(String userId, String key);

  /**
   * Changes lock and answer.
   *
   * @param from as it was read
   * @return false if somebody else changed its lock or answered it; nothing is changed then
   */
  boolean replace(KeyedRequest from, KeyedRequest next);
}
