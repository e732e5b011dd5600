package io.berth.domain.akash;

import java.time.Instant;

/** The newest block that the node knows. */
public record Block(String chainId, long height, Instant time) {}
