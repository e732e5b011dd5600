package io.berth.domain.wallet;

/** Makes wallets. The mnemonic never leaves the implementation, which is the signer. */
public interface WalletMaker {

  /** Makes and keeps the user's wallet, or returns the one there is. */
  Wallet walletFor(String userId);
}
