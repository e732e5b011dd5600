package io.berth.domain.wallet;

/** The signer's side of wallets that others may ask for. No secret ever leaves it. */
public interface WalletKeeper {

  /** Makes and keeps the user's wallet, or returns the one there is. */
  Wallet walletFor(String userId);

  /** The wallet that pays. */
  PublicIdentity funding();
}
