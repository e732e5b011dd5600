package io.berth.domain.provider;

import java.time.Instant;

/**
 * Something that a provider's Kubernetes cluster reported of a lease.
 *
 * @param type {@code Normal} or {@code Warning}
 * @param reason one word, such as {@code Pulled}
 * @param kind of the object that it is about, such as {@code Pod}
 * @param object that object's name
 * @param receivedAt when Berth got it; providers tell no time of their own
 */
public record ClusterEvent(
    String type, String reason, String note, String kind, String object, Instant receivedAt) {

  /** What makes two reports one event: providers repeat them, as they do not count them. */
  public record Identity(String kind, String object, String reason, String note) {}

  public Identity identity() {
    return new Identity(kind, object, reason, note);
  }
}
