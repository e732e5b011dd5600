package io.berth.domain.wallet;

import io.berth.domain.akash.Accounts;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.LeaseAccess;
import io.berth.domain.provider.OwnerTokens;
import java.time.Duration;

/** Hands users tokens with which the official tools can talk to providers directly. */
public final class TokenDesk {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Wallets wallets;
  private final Accounts accounts;
  private final OwnerTokens tokens;

  public TokenDesk(Wallets wallets, Accounts accounts, OwnerTokens tokens) {
    this.wallets = wallets;
    this.accounts = accounts;
    this.tokens = tokens;
  }

  /**
   * A token of the user's wallet.
   *
   * @param life from now, at most {@link OwnerTokens#LONGEST_LIFE}
   * @throws Refusal 400 if the user has no wallet, 409 {@code no_transaction_yet} before the
   *     wallet's first transaction
   */
  public String issue(String userId, Duration life, LeaseAccess access) {
    Wallet wallet =
        wallets
            .find(userId)
            .filter(Wallet::enabled)
            .orElseThrow(() -> new Refusal(new Problem.Impossible("User does not have a wallet")));
    if (!accounts.hasPublicKey(wallet.address())) {
      throw new Refusal(
          new Problem.Conflict(
              "no_transaction_yet",
              "Providers cannot verify a token before the wallet's first transaction; create a"
                  + " deployment first",
              RETRY_AFTER));
    }
    return tokens.issue(userId, life, access);
  }
}
