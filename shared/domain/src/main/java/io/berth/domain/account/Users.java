package io.berth.domain.account;

import java.util.Optional;

/** The users table. */
public interface Users {

  /**
   * Keeps a new user.
   *
   * @return false if there is one with this id; nothing is changed then
   */
  boolean create(User user);

  Optional<User> find(String id);
}
