package io.berth.domain.wallet;

import java.time.Instant;
import java.util.Optional;

/** The wallets table. */
public interface Wallets {

  /**
   * Keeps a new wallet.
   *
   * @return false if the user has one already; nothing is changed then
   */
  boolean create(Wallet wallet);

  Optional<Wallet> find(String userId);

  /** Records that the wallet's grants are on the chain. Keeps an earlier time. */
  void markActivated(String userId, Instant at);
}
