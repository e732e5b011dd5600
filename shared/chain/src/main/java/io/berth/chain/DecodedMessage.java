package io.berth.chain;

import io.berth.domain.akash.ChainMessage;

/** What encoded bytes turned out to be. */
public sealed interface DecodedMessage {

  /** A message that Berth makes; encoding it again gives the same bytes. */
  record Known(ChainMessage message) implements DecodedMessage {}

  /**
   * Not a message that Berth makes, or one that says more than Berth would.
   *
   * @param reason for operators
   */
  record Refused(String reason) implements DecodedMessage {}
}
