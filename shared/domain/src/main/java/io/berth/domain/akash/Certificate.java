package io.berth.domain.akash;

import io.berth.domain.Bytes;

/**
 * A client or server certificate published on the chain ({@code akash.cert.v1}).
 *
 * @param serial decimal
 * @param certificate PEM text
 * @param publicKey PEM text, labelled {@code EC PUBLIC KEY}
 */
public record Certificate(
    String owner, String serial, State state, Bytes certificate, Bytes publicKey) {

  /** {@code akash.cert.v1.State}. */
  public enum State {
    VALID,
    REVOKED,
    UNKNOWN
  }
}
