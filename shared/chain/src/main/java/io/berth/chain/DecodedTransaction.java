package io.berth.chain;

import io.berth.domain.Bytes;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.ledger.Replay;
import java.time.Instant;
import java.util.List;

/** What an unsigned transaction turned out to say. */
public sealed interface DecodedTransaction {

  /**
   * A transaction of the only shape that Berth makes: signed directly by one key, with a time-out.
   *
   * @param timeout after this block time the chain refuses it
   * @param publicKey the signer's compressed secp256k1 key (33 bytes)
   */
  record Known(
      List<ChainMessage> messages,
      String memo,
      Instant timeout,
      Replay replay,
      Bytes publicKey,
      Fee fee)
      implements DecodedTransaction {
    public Known {
      messages = List.copyOf(messages);
    }
  }

  /**
   * Not a transaction that Berth makes, or one that says more than Berth would.
   *
   * @param reason for operators
   */
  record Refused(String reason) implements DecodedTransaction {}
}
