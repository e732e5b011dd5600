package io.berth.functions.signer;

import io.berth.domain.Bytes;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.runtime.Lazy;
import io.berth.wallet.Mnemonic;
import io.berth.wallet.MnemonicSeal;
import io.berth.wallet.SealBrokenException;
import io.berth.wallet.SealContext;
import io.berth.wallet.WalletKey;
import java.util.Arrays;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The one place where wallets are opened. Whoever takes a key closes it. */
public final class Vault {
  private final MnemonicSeal seal;
  private final SecretsManagerClient secrets;
  private final String fundingSecretId;
  private final Lazy<PublicIdentity> funding;

  /** All parts given. */
  public Vault(MnemonicSeal seal, SecretsManagerClient secrets, String fundingSecretId) {
    this.seal = seal;
    this.secrets = secrets;
    this.fundingSecretId = fundingSecretId;
    this.funding =
        Lazy.of(
            () -> {
              try (WalletKey key = openFunding()) {
                return new PublicIdentity(key.address(), key.publicKey());
              }
            });
  }

  /** A user's key. The seal opens only for the user and wallet it was made for. */
  WalletKey open(Wallet wallet) {
    SealContext context = SealContext.ofMnemonic(wallet.userId(), wallet.walletId());
    return seal.openKey(wallet.sealedMnemonic(), context);
  }

  /** The name of the master key that wallets are sealed with now. */
  String masterKey() {
    return seal.masterKey();
  }

  /**
   * Whether the wallet is sealed as a new one would be.
   *
   * @throws SealBrokenException if its seal has not the form of one
   */
  boolean isCurrent(Wallet wallet) {
    return seal.isCurrent(wallet.sealedMnemonic());
  }

  /**
   * The wallet's mnemonic sealed anew. That the old seal holds the wallet's own key and the new one
   * does too is made sure, one after the other: no two mnemonics are open at once.
   *
   * @throws SealBrokenException if its seal does not open
   * @throws ForeignSealException if it opens to another wallet's mnemonic
   */
  Bytes sealAgain(Wallet wallet) {
    SealContext context = SealContext.ofMnemonic(wallet.userId(), wallet.walletId());
    Bytes sealed;
    try (Mnemonic mnemonic = seal.open(wallet.sealedMnemonic(), context)) {
      requireMnemonicOf(wallet, mnemonic);
      sealed = seal.seal(mnemonic, context);
    }
    try (Mnemonic mnemonic = seal.open(sealed, context)) {
      requireMnemonicOf(wallet, mnemonic);
    }
    try (WalletKey key = seal.openKey(sealed, context)) {
      requireKeyOf(wallet, key);
    }
    return sealed;
  }

  private static void requireMnemonicOf(Wallet wallet, Mnemonic mnemonic) {
    try (WalletKey key = mnemonic.deriveKey(0)) {
      requireKeyOf(wallet, key);
    }
  }

  private static void requireKeyOf(Wallet wallet, WalletKey key) {
    if (!new PublicIdentity(key.address(), key.publicKey()).equals(wallet.identity())) {
      throw new ForeignSealException();
    }
  }

  /**
   * The funding wallet's key.
   *
   * @throws IllegalStateException if its mnemonic is not stored as bytes
   */
  WalletKey openFunding() {
    byte[] stored = readFunding();
    byte[] phrase = stripped(stored);
    try (Mnemonic mnemonic = Mnemonic.parse(phrase)) {
      return mnemonic.deriveKey(0);
    } finally {
      Arrays.fill(stored, (byte) 0);
      Arrays.fill(phrase, (byte) 0);
    }
  }

  /** The answer's own array, so that what is cleared is gone from there too. */
  private byte[] readFunding() {
    SdkBytes stored =
        secrets.getSecretValue(request -> request.secretId(fundingSecretId)).secretBinary();
    if (stored == null) {
      throw new IllegalStateException(
          "the funding wallet's mnemonic must be stored as bytes (--secret-binary): a text cannot"
              + " be cleared");
    }
    return stored.asByteArrayUnsafe();
  }

  /** Without the white space around, such as a file's last line break. */
  private static byte[] stripped(byte[] text) {
    int from = 0;
    int to = text.length;
    while (from < to && Character.isWhitespace(text[from])) {
      from++;
    }
    while (to > from && Character.isWhitespace(text[to - 1])) {
      to--;
    }
    return Arrays.copyOfRange(text, from, to);
  }

  /** Who the funding wallet is; opened for this once. */
  public PublicIdentity funding() {
    return funding.get();
  }
}
