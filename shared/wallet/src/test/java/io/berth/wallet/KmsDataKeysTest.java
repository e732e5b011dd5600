package io.berth.wallet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.domain.Bytes;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;

class KmsDataKeysTest {
  private static final String KEY_ID = "alias/berth-wallets";
  private static final Map<String, String> CONTEXT =
      SealContext.ofMnemonic("user-1", "wallet-1").encryptionContext();
  private static final Bytes WRAPPED = Bytes.ofHex("c0ffee");

  @Test
  void asksForAnAes256KeyBoundToTheWholeContext() {
    FakeKms kms = new FakeKms(request -> null);

    try (DataKey key = new KmsDataKeys(kms, KEY_ID).generate(CONTEXT)) {
      assertThat(key.wrapped()).isEqualTo(WRAPPED);
    }
    assertThat(kms.generated.keyId()).isEqualTo(KEY_ID);
    assertThat(kms.generated.keySpec()).isEqualTo(DataKeySpec.AES_256);
    assertThat(kms.generated.encryptionContext())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "userId", "user-1",
                "walletId", "wallet-1",
                "purpose", "wallet-mnemonic",
                "version", "1"));
    assertThat(kms.plaintext.asByteArray()).containsOnly(0);
  }

  @Test
  void unwrapsWithTheSameKeyAndContext() {
    FakeKms kms = new FakeKms(request -> null);

    new KmsDataKeys(kms, KEY_ID).unwrap(WRAPPED, CONTEXT).close();

    assertThat(kms.decrypted.keyId()).isEqualTo(KEY_ID);
    assertThat(kms.decrypted.encryptionContext()).isEqualTo(CONTEXT);
    assertThat(kms.decrypted.ciphertextBlob().asByteArray()).isEqualTo(WRAPPED.toArray());
    assertThat(kms.plaintext.asByteArray()).containsOnly(0);
  }

  @Test
  void whatKmsCannotOpenIsABrokenSeal() {
    assertThatExceptionOfType(SealBrokenException.class)
        .isThrownBy(() -> unwrapFailing(InvalidCiphertextException.builder().build()));
    assertThatExceptionOfType(SealBrokenException.class)
        .isThrownBy(() -> unwrapFailing(IncorrectKeyException.builder().build()));
  }

  @Test
  void aFailureOfKmsIsNotABrokenSeal() {
    KmsException failure = (KmsException) KmsInternalException.builder().build();

    assertThatExceptionOfType(KmsException.class)
        .isThrownBy(() -> unwrapFailing(failure))
        .isSameAs(failure);
  }

  @Test
  void aDataKeyOfAnotherSizeIsABrokenSealAndIsCleared() {
    for (int size : new int[] {0, 16, 31, 33, 48}) {
      byte[] plaintext = new byte[size];
      Arrays.fill(plaintext, (byte) 7);
      FakeKms kms = new FakeKms(request -> null, SdkBytes.fromByteArrayUnsafe(plaintext));

      assertThatExceptionOfType(SealBrokenException.class)
          .isThrownBy(() -> new KmsDataKeys(kms, KEY_ID).unwrap(WRAPPED, CONTEXT).close());
      assertThat(plaintext).doesNotContain(7);
    }
  }

  private static void unwrapFailing(Exception failure) {
    FakeKms kms = new FakeKms(request -> (RuntimeException) failure);
    new KmsDataKeys(kms, KEY_ID).unwrap(WRAPPED, CONTEXT).close();
  }

  private static final class FakeKms implements KmsClient {
    final SdkBytes plaintext;
    private final Function<DecryptRequest, RuntimeException> failure;
    GenerateDataKeyRequest generated;
    DecryptRequest decrypted;

    FakeKms(Function<DecryptRequest, RuntimeException> failure) {
      this(
          failure,
          SdkBytes.fromByteArrayUnsafe("0123456789abcdef0123456789abcdef".getBytes(US_ASCII)));
    }

    FakeKms(Function<DecryptRequest, RuntimeException> failure, SdkBytes plaintext) {
      this.failure = failure;
      this.plaintext = plaintext;
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
      generated = request;
      return GenerateDataKeyResponse.builder()
          .plaintext(plaintext)
          .ciphertextBlob(SdkBytes.fromByteArray(WRAPPED.toArray()))
          .build();
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
      decrypted = request;
      RuntimeException thrown = failure.apply(request);
      if (thrown != null) {
        throw thrown;
      }
      return DecryptResponse.builder().plaintext(plaintext).build();
    }

    @Override
    public String serviceName() {
      return "kms";
    }

    @Override
    public void close() {}
  }
}
