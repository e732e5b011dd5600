package io.berth.functions.signer;

import io.berth.chain.DecodedTransaction;
import io.berth.domain.ledger.Switches;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.WalletRef;
import java.time.Instant;

/**
 * What the policy decides on.
 *
 * @param switches the operator's, read for this signature
 * @param identity the signing wallet's, from its own row or secret, never from the transaction
 * @param enabled whether that wallet may sign at all
 * @param fundingAddress the one address that may pay users' fees
 * @param timeout the intent's, which the ledger relies on
 * @param transaction decoded from the very bytes to be signed
 */
record PolicyCase(
    Switches switches,
    WalletRef wallet,
    PublicIdentity identity,
    boolean enabled,
    String fundingAddress,
    Instant timeout,
    DecodedTransaction.Known transaction) {

  boolean isFunding() {
    return wallet instanceof WalletRef.Funding;
  }
}
