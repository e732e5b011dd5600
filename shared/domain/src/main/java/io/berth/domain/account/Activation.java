package io.berth.domain.account;

import io.berth.domain.funding.Credit;
import io.berth.domain.funding.Funding;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.domain.wallet.Wallets;
import java.math.BigInteger;
import java.time.InstantSource;

/**
 * Makes a user ready to deploy: user, wallet, and the grants that let the wallet spend the funding
 * wallet's money. Every step may be repeated.
 */
public final class Activation {
  private static final String REFERENCE = "activation";

  private final Users users;
  private final Wallets wallets;
  private final WalletKeeper keeper;
  private final Funding funding;
  private final InstantSource clock;

  public Activation(
      Users users, Wallets wallets, WalletKeeper keeper, Funding funding, InstantSource clock) {
    this.users = users;
    this.wallets = wallets;
    this.keeper = keeper;
    this.funding = funding;
    this.clock = clock;
  }

  /**
   * Activates the user, or finds that it was done.
   *
   * @param creditUact first balance, in uact; more than 0
   * @throws io.berth.domain.problem.Refusal if the grants are not on the chain yet
   */
  public Wallet activate(String userId, String email, BigInteger creditUact) {
    users.create(new User(userId, email, clock.instant()));
    Wallet wallet = keeper.walletFor(userId);
    if (wallet.activatedAt().isPresent()) {
      return wallet;
    }
    Credit _ = funding.topUp(userId, creditUact, REFERENCE);
    wallets.markActivated(userId, clock.instant());
    return wallets.find(userId).orElseThrow();
  }
}
