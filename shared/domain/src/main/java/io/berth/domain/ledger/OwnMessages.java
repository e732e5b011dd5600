package io.berth.domain.ledger;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.problem.ChainProblems;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/**
 * Transactions that users put together themselves. They go through the ledger as Berth's own do,
 * and the signer has the last word; Berth keeps nothing of what they make.
 */
public final class OwnMessages {
  private final Owners owners;
  private final WalletKeeper keeper;
  private final AkashReader chain;
  private final UserTransactions transactions;

  public OwnMessages(
      Owners owners, WalletKeeper keeper, AkashReader chain, UserTransactions transactions) {
    this.owners = owners;
    this.keeper = keeper;
    this.chain = chain;
    this.transactions = transactions;
  }

  /**
   * Puts the messages on the chain, all or none.
   *
   * @param request names this one transaction: repeating it with the same id sends it once
   * @throws Refusal 403 if a message acts for another address or pays for another's deployment, 402
   *     if the balance does not cover the deposits, and whatever the chain refuses
   */
  public TransactionResult submit(RequestId request, String userId, List<ChainMessage> messages) {
    Wallet wallet = owners.requireActivated(userId);
    if (!messages.stream().allMatch(message -> message.actor().equals(wallet.address()))) {
      throw new Refusal(new Problem.Forbidden("A message acts for another address"));
    }
    if (messages.stream().anyMatch(message -> paysForAnother(wallet, message))) {
      throw new Refusal(new Problem.Forbidden("A deposit is for another address' deployment"));
    }
    return Outcomes.committedOrRefuse(
        transactions.submit(
            "tx/" + userId + "/" + request.id(),
            wallet,
            () -> {
              requireBalance(wallet, messages);
              return messages;
            }));
  }

  /** The chain lets anybody pay for anything; a balance is for its user's own deployments. */
  private static boolean paysForAnother(Wallet wallet, ChainMessage message) {
    return message.deploymentOwner().stream().anyMatch(owner -> !owner.equals(wallet.address()));
  }

  /** Deposits in another coin are the signer's to refuse. */
  private void requireBalance(Wallet wallet, List<ChainMessage> messages) {
    BigInteger wanted =
        messages.stream()
            .flatMap(OwnMessages::deposit)
            .filter(coin -> coin.denom().equals(Coin.UACT) && coin.amount().signum() > 0)
            .map(Coin::amount)
            .reduce(BigInteger.ZERO, BigInteger::add);
    if (wanted.signum() == 0) {
      return;
    }
    Coin left = chain.depositGrant(keeper.funding().address(), wallet.address(), Coin.UACT);
    if (left.amount().compareTo(wanted) < 0) {
      throw new Refusal(new Problem.PaymentRequired(ChainProblems.NOT_ENOUGH_BALANCE));
    }
  }

  private static Stream<Coin> deposit(ChainMessage message) {
    return switch (message) {
      case ChainMessage.CreateDeployment create -> Stream.of(create.deposit());
      case ChainMessage.AccountDeposit deposit -> Stream.of(deposit.amount());
      default -> Stream.empty();
    };
  }
}
