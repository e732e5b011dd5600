package io.berth.domain.wallet;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.time.Duration;

/** Finds the wallet that acts for a user. */
public final class Owners {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Wallets wallets;

  public Owners(Wallets wallets) {
    this.wallets = wallets;
  }

  /**
   * The user's wallet, for reading.
   *
   * @throws Refusal 404 if there is none
   */
  public Wallet require(String userId) {
    return wallets
        .find(userId)
        .orElseThrow(() -> new Refusal(new Problem.NotFound("UserWallet Not Found")));
  }

  /**
   * The user's wallet, for spending.
   *
   * @throws Refusal 404 if there is none, 409 {@code wallet_provisioning} while its grants are not
   *     on the chain
   */
  public Wallet requireActivated(String userId) {
    Wallet wallet = require(userId);
    if (wallet.activatedAt().isEmpty()) {
      throw new Refusal(
          new Problem.Conflict(
              "wallet_provisioning",
              "Wallet is still being provisioned, please retry shortly",
              RETRY_AFTER));
    }
    return wallet;
  }
}
