package io.berth.local.crashtests;

import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.ledger.Submission;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletRef;
import java.util.List;
import java.util.Optional;

/**
 * Effects that the chain itself would take any number of times: deposits into one deployment, each
 * with a number.
 *
 * @param funding address of the wallet that pays the fees
 */
record Deposits(String funding, Wallet wallet, DeploymentId deployment) {

  String purpose(int number) {
    return "deposit/" + wallet.userId() + "/" + number;
  }

  /** One of 1 uact. */
  Submission submission(int number) {
    return submission(number, Coin.uact(1));
  }

  Submission submission(int number, Coin amount) {
    return new Submission(
        purpose(number),
        new WalletRef.OfUser(wallet.userId()),
        wallet.identity(),
        () -> List.of(new ChainMessage.AccountDeposit(wallet.address(), deployment, amount)),
        Optional.of(funding));
  }
}
