package io.berth.domain.ledger;

import io.berth.domain.akash.ChainMessage;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.WalletRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An effect wanted on the chain.
 *
 * @param purpose names the effect; submissions of equal purpose are the same effect, which happens
 *     at most once
 * @param identity the signing wallet's address and public key
 * @param messages asked for only when an intent is to be recorded: the place for checks that would
 *     fail once the effect is there; what it throws reaches the submitter
 * @param feeGranter address that pays the fee; empty when the signer does
 */
public record Submission(
    String purpose,
    WalletRef wallet,
    PublicIdentity identity,
    Supplier<List<ChainMessage>> messages,
    Optional<String> feeGranter) {}
