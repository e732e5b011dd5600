package io.berth.domain.provider;

import java.time.Instant;

/**
 * A line that a replica wrote to its output.
 *
 * @param pod the replica's name in the provider's Kubernetes cluster
 * @param receivedAt when Berth got it; providers tell no time of their own
 */
public record PodLine(String pod, String message, Instant receivedAt) {}
