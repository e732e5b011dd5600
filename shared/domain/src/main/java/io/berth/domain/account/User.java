package io.berth.domain.account;

import java.time.Instant;

/**
 * A user of Berth.
 *
 * @param id random UUID, or the identity provider's subject
 */
public record User(String id, String email, Instant createdAt) {}
