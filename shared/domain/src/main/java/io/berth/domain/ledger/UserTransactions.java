package io.berth.domain.ledger;

import io.berth.domain.akash.ChainMessage;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.domain.wallet.WalletRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Submits what users want: signed by their own wallet, paid for by the funding wallet. */
public final class UserTransactions {
  private final Ledger ledger;
  private final WalletKeeper keeper;

  public UserTransactions(Ledger ledger, WalletKeeper keeper) {
    this.ledger = ledger;
    this.keeper = keeper;
  }

  /** See {@link Ledger#settle}. */
  public Optional<Outcome> settle(String purpose) {
    return ledger.settle(purpose);
  }

  /** See {@link Ledger#resultOf}. */
  public Optional<TransactionResult> resultOf(String purpose) {
    return ledger.resultOf(purpose);
  }

  /**
   * Brings an effect about at most once (see {@link Ledger#submit}).
   *
   * @param purpose names the effect
   * @param messages asked for only when the effect is not under way yet; see {@link Submission}
   * @throws ChainUnavailableException if the node does not answer; submitting again is safe
   */
  public Outcome submit(String purpose, Wallet wallet, Supplier<List<ChainMessage>> messages) {
    return ledger.submit(
        new Submission(
            purpose,
            new WalletRef.OfUser(wallet.userId()),
            wallet.identity(),
            messages,
            Optional.of(keeper.funding().address())));
  }
}
