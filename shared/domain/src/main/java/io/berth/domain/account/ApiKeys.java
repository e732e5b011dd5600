package io.berth.domain.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The API keys table. A key is found by its digest or by its owner; reads are consistent. */
public interface ApiKeys {

  /**
   * Keeps a new key, unless its user has that many already; exact however many come at once.
   *
   * @param most how many keys a user may have, with this one
   * @return whether it was kept
   */
  boolean create(ApiKey key, int most);

  Optional<ApiKey> findByDigest(String digest);

  Optional<ApiKey> find(String userId, String id);

  /** The user's keys, newest first. */
  List<ApiKey> list(String userId);

  /**
   * Puts a key on other terms, if nobody has changed it meanwhile.
   *
   * @param next what {@link ApiKey#on} made of {@code from}
   * @return whether it was changed
   */
  boolean replace(ApiKey from, ApiKey next);

  /** How a {@link #succeed} went. */
  enum Succession {
    DONE,
    /** The user has as many keys as there may be; nothing was changed. */
    TOO_MANY,
    /** Somebody changed the key meanwhile; nothing was changed here. */
    CHANGED
  }

  /**
   * Puts a key on other terms and keeps its successor, both or none.
   *
   * @param next what {@link ApiKey#on} made of {@code from}
   * @param most how many keys the user may have, with the successor
   */
  Succession succeed(ApiKey from, ApiKey next, ApiKey successor, int most);

  /**
   * Gives a key another text. Authorizers that have cached the old text may accept it for up to
   * {@code KeyCacheSeconds}.
   *
   * @param next with the same id and owner, and another digest
   * @return false if the key is gone or has another text by now; nothing is changed then
   */
  boolean redraw(ApiKey from, ApiKey next);

  /**
   * Removes a key. Authorizers that have cached it may accept it for up to {@code KeyCacheSeconds}.
   *
   * @return whether there was one
   */
  boolean delete(String userId, String id);

  /** Records a use. Keeps a later time; does nothing if the key is gone. */
  void touch(String userId, String id, Instant at);
}
