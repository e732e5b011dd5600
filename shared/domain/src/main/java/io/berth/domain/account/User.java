package io.berth.domain.account;

import java.time.Instant;

/**
 * A user of Berth.
 *
 * @param id random UUID, or the identity provider's subject
 * @param username how the user wants to be called; need not be unique
 * @param email empty if nobody told
 */
public record User(
    String id, String username, String email, boolean emailVerified, Instant createdAt) {

  /** A user whom an operator made: called by the first part of the address. */
  public User(String id, String email, Instant createdAt) {
    this(id, email.replaceFirst("@.*", ""), email, false, createdAt);
  }
}
