package io.berth.local.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.domain.Bytes;
import io.berth.local.aws.Emulator;
import io.berth.wallet.KmsDataKeys;
import io.berth.wallet.Mnemonic;
import io.berth.wallet.MnemonicSeal;
import io.berth.wallet.SealBrokenException;
import io.berth.wallet.SealContext;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;

/** Wallets sealed with KMS. */
class WalletKeysTest {
  private static final SealContext CONTEXT = SealContext.ofMnemonic("user-1", "wallet-1");
  private static final Map<String, String> ANY = Map.of("userId", "user-1");

  private static Emulator aws;
  private static KmsClient kms;

  private final SecureRandom random = new SecureRandom();
  private final String key = kms.createKey().keyMetadata().arn();
  private final KmsDataKeys keys = new KmsDataKeys(kms, key);
  private final MnemonicSeal seal = new MnemonicSeal(keys, random);

  @BeforeAll
  static void start() {
    aws = Emulator.start();
    kms = aws.point(KmsClient.builder()).build();
  }

  @AfterAll
  static void stop() {
    kms.close();
    aws.close();
  }

  @Test
  void aWalletOpensToTheKeyThatWasSealed() {
    try (Mnemonic mnemonic = Mnemonic.generate(random);
        Mnemonic opened = seal.open(seal.seal(mnemonic, CONTEXT), CONTEXT)) {
      assertThat(opened.copyOfPhrase()).isEqualTo(mnemonic.copyOfPhrase());
    }
  }

  @Test
  void aWalletOpensInItsOwnContextOnly() {
    Bytes sealed = sealed(seal);
    for (SealContext other :
        List.of(
            SealContext.ofMnemonic("user-2", "wallet-1"),
            SealContext.ofMnemonic("user-1", "wallet-2"),
            new SealContext("user-1", "wallet-1", "backup", 1))) {
      assertThatExceptionOfType(SealBrokenException.class)
          .isThrownBy(() -> seal.open(sealed, other).close());
    }
  }

  @Test
  void aDataKeyOpensInItsOwnContextOnly() {
    Bytes wrapped = wrapped();

    assertThatExceptionOfType(SealBrokenException.class)
        .isThrownBy(() -> keys.unwrap(wrapped, Map.of("userId", "user-2")).close());
    assertThatExceptionOfType(SealBrokenException.class)
        .isThrownBy(() -> keys.unwrap(wrapped, Map.of()).close());
  }

  /**
   * Moto answers AccessDeniedException where KMS answers IncorrectKeyException; ministack opens.
   */
  @Test
  @Tag("not-moto")
  @Tag("not-ministack")
  void anotherMasterKeyDoesNotOpen() {
    Bytes wrapped = wrapped();
    KmsDataKeys others = new KmsDataKeys(kms, kms.createKey().keyMetadata().arn());

    assertThatExceptionOfType(SealBrokenException.class)
        .isThrownBy(() -> others.unwrap(wrapped, ANY).close());
  }

  /** Ministack opens it: its ciphertext has no authentication. */
  @Test
  @Tag("not-ministack")
  void aDataKeyThatKmsDidNotWrapDoesNotOpen() {
    byte[] flipped = wrapped().toArray();
    flipped[flipped.length - 1] ^= 1;

    assertThatExceptionOfType(SealBrokenException.class)
        .isThrownBy(() -> keys.unwrap(Bytes.of(flipped), ANY).close());
    assertThatExceptionOfType(SealBrokenException.class)
        .isThrownBy(() -> keys.unwrap(Bytes.ofHex("c0ffee"), ANY).close());
  }

  /** Moto fails (500) where KMS answers DisabledException. */
  @Test
  @Tag("not-moto")
  void aDisabledKeyIsNoBrokenSeal() {
    Bytes wrapped = wrapped();
    kms.disableKey(disable -> disable.keyId(key));

    assertThatExceptionOfType(DisabledException.class)
        .isThrownBy(() -> keys.unwrap(wrapped, ANY).close());
    assertThatExceptionOfType(DisabledException.class).isThrownBy(() -> keys.generate(ANY).close());

    kms.enableKey(enable -> enable.keyId(key));
    keys.unwrap(wrapped, ANY).close();
  }

  @Test
  void walletsMoveToANewerKey() {
    Bytes sealed = sealed(seal);
    KmsDataKeys newer = new KmsDataKeys(kms, kms.createKey().keyMetadata().arn());
    MnemonicSeal both = new MnemonicSeal(List.of(newer, keys), random);

    try (Mnemonic mnemonic = both.open(sealed, CONTEXT)) {
      Bytes moved = both.seal(mnemonic, CONTEXT);
      new MnemonicSeal(newer, random).open(moved, CONTEXT).close();
      assertThatExceptionOfType(SealBrokenException.class)
          .isThrownBy(() -> seal.open(moved, CONTEXT).close());
    }
  }

  private Bytes sealed(MnemonicSeal with) {
    try (Mnemonic mnemonic = Mnemonic.generate(random)) {
      return with.seal(mnemonic, CONTEXT);
    }
  }

  private Bytes wrapped() {
    try (var dataKey = keys.generate(ANY)) {
      return dataKey.wrapped();
    }
  }
}
