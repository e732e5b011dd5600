package io.berth.domain.request;

import java.time.Instant;

/**
 * One request of a user, however often it is repeated. Effects carry the id in their purpose, so
 * that a repetition finds them.
 *
 * @param id unique among all requests
 * @param receivedAt when it came for the first time
 */
public record RequestId(String id, Instant receivedAt) {}
