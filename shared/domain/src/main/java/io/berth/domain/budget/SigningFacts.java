package io.berth.domain.budget;

import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.Switches;
import io.berth.domain.wallet.Wallet;
import java.util.Optional;

/**
 * What a signature of a user's wallet depends on.
 *
 * @param intent empty if there is none of this id
 * @param wallet empty if the user has none
 * @param grantsChanging whether a change of the wallet's grants is under way
 */
public record SigningFacts(
    Optional<Intent> intent,
    Optional<Wallet> wallet,
    Budget budget,
    boolean grantsChanging,
    Switches switches) {}
