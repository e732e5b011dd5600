package io.berth.functions.signer;

import io.berth.domain.wallet.PublicIdentity;
import io.berth.runtime.JsonFunction;
import io.berth.runtime.SignerProtocol.Nothing;
import io.berth.runtime.SignerProtocol.WalletAnswer;

/** Tells the funding wallet's address and public key. */
public final class DescribeFundingWallet extends JsonFunction<Nothing, WalletAnswer> {
  private final Vault vault;

  /** Wired from the function's environment. */
  public DescribeFundingWallet() {
    this(Wiring.vault());
  }

  DescribeFundingWallet(Vault vault) {
    super(Nothing.class);
    this.vault = vault;
  }

  @Override
  protected WalletAnswer answer(Nothing request) {
    PublicIdentity funding = vault.funding();
    return new WalletAnswer(funding.address(), funding.publicKey().hex());
  }
}
