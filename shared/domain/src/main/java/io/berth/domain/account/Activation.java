package io.berth.domain.account;

import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.ledger.Ledger;
import io.berth.domain.ledger.Outcome;
import io.berth.domain.ledger.Outcomes;
import io.berth.domain.ledger.Submission;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.domain.wallet.WalletRef;
import io.berth.domain.wallet.Wallets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes a user ready to deploy: user, wallet, and the grants that let the wallet spend the funding
 * wallet's money. Every step may be repeated.
 */
public final class Activation {
  private final Users users;
  private final Wallets wallets;
  private final WalletKeeper keeper;
  private final Ledger ledger;
  private final InstantSource clock;

  public Activation(
      Users users, Wallets wallets, WalletKeeper keeper, Ledger ledger, InstantSource clock) {
    this.users = users;
    this.wallets = wallets;
    this.keeper = keeper;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Activates the user, or finds that it was done.
   *
   * @param credit first balance, in uact
   * @param feeAllowance what the funding wallet pays of the user's fees, in uakt
   * @throws io.berth.domain.problem.Refusal if the grants are not on the chain yet
   */
  public Wallet activate(String userId, String email, Coin credit, Coin feeAllowance) {
    users.create(new User(userId, email, clock.instant()));
    Wallet wallet = keeper.walletFor(userId);
    if (wallet.activatedAt().isPresent()) {
      return wallet;
    }
    PublicIdentity funding = keeper.funding();
    Outcome outcome =
        ledger.submit(
            new Submission(
                "activate/" + userId,
                new WalletRef.Funding(),
                funding,
                () ->
                    List.of(
                        new ChainMessage.GrantDeposits(
                            funding.address(), wallet.address(), credit, Optional.empty()),
                        new ChainMessage.GrantAllowance(
                            funding.address(), wallet.address(), feeAllowance, Optional.empty())),
                Optional.empty()));
    Outcomes.committedOrRefuse(outcome);
    wallets.markActivated(userId, clock.instant());
    return wallets.find(userId).orElseThrow();
  }
}
