package io.berth.functions.signer;

import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.Wallets;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.runtime.JsonFunction;
import io.berth.runtime.SignerProtocol.WalletAnswer;
import io.berth.runtime.SignerProtocol.WalletRequest;
import io.berth.wallet.Mnemonic;
import io.berth.wallet.MnemonicSeal;
import io.berth.wallet.SealContext;
import io.berth.wallet.WalletKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Makes a user's wallet: a fresh mnemonic, sealed at once. Returns the one there is, if any. */
public final class CreateWallet extends JsonFunction<WalletRequest, WalletAnswer> {
  private final Wallets wallets;
  private final MnemonicSeal seal;
  private final SecureRandom random;
  private final InstantSource clock;

  /** Wired from the function's environment. */
  public CreateWallet() {
    this(Wiring.wallets(), Wiring.seal(), new SecureRandom(), InstantSource.system());
  }

  /** All parts given. */
  public CreateWallet(
      Wallets wallets, MnemonicSeal seal, SecureRandom random, InstantSource clock) {
    super(WalletRequest.class);
    this.wallets = wallets;
    this.seal = seal;
    this.random = random;
    this.clock = clock;
  }

  @Override
  protected void describe(WalletRequest request, LogContext log) {
    log.with(LogField.USER, request.userId());
  }

  @Override
  protected WalletAnswer answer(WalletRequest request) {
    Wallet wallet = walletFor(request.userId());
    return new WalletAnswer(wallet.address(), wallet.publicKey().hex());
  }

  /** The user's wallet, made if there is none. */
  public Wallet walletFor(String userId) {
    return wallets.find(userId).orElseGet(() -> create(userId));
  }

  private Wallet create(String userId) {
    String walletId = UUID.randomUUID().toString();
    try (Mnemonic mnemonic = Mnemonic.generate(random);
        WalletKey key = mnemonic.deriveKey(0)) {
      Wallet wallet =
          new Wallet(
              userId,
              walletId,
              key.address(),
              key.publicKey(),
              seal.seal(mnemonic, SealContext.ofMnemonic(userId, walletId)),
              true,
              clock.instant(),
              Optional.empty());
      return wallets.create(wallet) ? wallet : wallets.find(userId).orElseThrow();
    }
  }
}
