package io.berth.functions.signer;

import io.berth.chain.DecodedTransaction;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Spending;
import io.berth.domain.ledger.Switches;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.WalletRef;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/**
 * What the policy decides on.
 *
 * @param now the time of the signature
 * @param switches the operator's, read for this signature
 * @param identity the signing wallet's, from its own row or secret, never from the transaction
 * @param enabled whether that wallet may sign at all
 * @param budget that wallet's; the funding wallet spends of none
 * @param grantsChanging whether a change of the wallet's grants is under way
 * @param fundingAddress the one address that may pay users' fees
 * @param timeout the intent's, which the ledger relies on
 * @param transaction decoded from the very bytes to be signed
 */
record PolicyCase(
    Instant now,
    Switches switches,
    WalletRef wallet,
    PublicIdentity identity,
    boolean enabled,
    Budget budget,
    boolean grantsChanging,
    String fundingAddress,
    Instant timeout,
    DecodedTransaction.Known transaction) {

  boolean isFunding() {
    return wallet instanceof WalletRef.Funding;
  }

  /** Every amount that its messages deposit. */
  Stream<Coin> deposits() {
    return transaction.messages().stream()
        .flatMap(
            message ->
                switch (message) {
                  case ChainMessage.CreateDeployment create -> Stream.of(create.deposit());
                  case ChainMessage.AccountDeposit deposit -> Stream.of(deposit.amount());
                  default -> Stream.empty();
                });
  }

  /** What the transaction costs. */
  Spending cost() {
    return new Spending(sum(transaction.fee().amount().stream()), sum(deposits()));
  }

  private static BigInteger sum(Stream<Coin> coins) {
    return coins.map(Coin::amount).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** What the wallet has signed for today, this transaction included. */
  Spending spentToday() {
    return budget.after(cost(), today()).spent();
  }

  /** The day of the signature, in UTC. */
  LocalDate today() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /** To the next day. */
  Duration untilTomorrow() {
    return Duration.between(now, today().plusDays(1).atStartOfDay(ZoneOffset.UTC));
  }
}
