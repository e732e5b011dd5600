package io.berth.domain.wallet;

import io.berth.domain.Bytes;
import java.util.List;
import java.util.Optional;

/** The wallets table as the job that seals wallets again goes through it. */
public interface WalletSeals {

  /**
   * Some of the wallets, in an order that stays.
   *
   * @param unreadable users whose rows are not whole wallets
   * @param next what the page after this one begins behind; empty if this is the last
   */
  record Page(List<Wallet> wallets, List<String> unreadable, Optional<String> next) {
    public Page {
      wallets = List.copyOf(wallets);
      unreadable = List.copyOf(unreadable);
    }
  }

  /**
   * The wallets behind a place. One made meanwhile may be left out.
   *
   * @param after the {@code next} of the page before; empty for the first page
   * @param most wallets in the page, at least 1
   */
  Page page(Optional<String> after, int most);

  /**
   * Puts a seal in the place of the wallet's, and changes nothing else of it.
   *
   * @return false if the row is no longer of this wallet with this seal; nothing is changed then
   */
  boolean replaceSeal(Wallet wallet, Bytes sealed);
}
