package io.berth.http;

import io.berth.domain.account.Access;

/**
 * Who calls, as the authorizer found.
 *
 * @param keyId empty for a person who signed in
 * @param access what they may do
 */
public record Principal(String userId, String keyId, Access access) {}
