package io.berth.domain.ledger;

import io.berth.domain.akash.ChainMessage;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.WalletRef;
import java.util.List;
import java.util.Optional;

/**
 * An effect wanted on the chain.
 *
 * @param purpose names the effect; submissions of equal purpose are the same effect, which happens
 *     at most once
 * @param identity the signing wallet's address and public key
 * @param feeGranter address that pays the fee; empty when the signer does
 */
public record Submission(
    String purpose,
    WalletRef wallet,
    PublicIdentity identity,
    List<ChainMessage> messages,
    Optional<String> feeGranter) {
  public Submission {
    messages = List.copyOf(messages);
  }
}
