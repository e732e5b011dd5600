package io.berth.domain.account;

import java.time.Instant;
import java.util.Optional;

/**
 * What a key's owner decides about it.
 *
 * @param name 1 to 40 characters
 * @param expiresAt from when on it does not work; empty for never
 */
public record KeyTerms(String name, Access access, Optional<Instant> expiresAt) {}
