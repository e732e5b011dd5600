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
  private final GrantSettler grants;

  public UserTransactions(Ledger ledger, WalletKeeper keeper, GrantSettler grants) {
    this.ledger = ledger;
    this.keeper = keeper;
    this.grants = grants;
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
   * Brings an effect about at most once (see {@link Ledger#submit}). If grants are in the way,
   * since they are being changed or the fee allowance is used up, they are settled first.
   *
   * @param purpose names the effect
   * @param messages asked for only when the effect is not under way yet; see {@link Submission}
   * @throws ChainUnavailableException if the node does not answer; submitting again is safe
   */
  public Outcome submit(String purpose, Wallet wallet, Supplier<List<ChainMessage>> messages) {
    Submission submission =
        new Submission(
            purpose,
            new WalletRef.OfUser(wallet.userId()),
            wallet.identity(),
            messages,
            Optional.of(keeper.funding().address()));
    Outcome outcome = ledger.submit(submission);
    if (!isForWantOfGrants(outcome)) {
      return outcome;
    }
    grants.settle(wallet.userId());
    return ledger.submit(submission);
  }

  private static boolean isForWantOfGrants(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Held(Hold hold, var retryAfter) -> hold == Hold.GRANTS_CHANGING;
      case Outcome.NotTaken(ChainError error) -> isForWantOfFees(error);
      case Outcome.Failed(var result, ChainError error) -> isForWantOfFees(error);
      default -> false;
    };
  }

  private static boolean isForWantOfFees(ChainError error) {
    return error.is(ChainFault.FEE_LIMIT_EXCEEDED) || error.is(ChainFault.NO_FEE_ALLOWANCE);
  }
}
