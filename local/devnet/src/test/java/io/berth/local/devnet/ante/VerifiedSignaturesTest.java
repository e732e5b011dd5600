package io.berth.local.devnet.ante;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.berth.wallet.WalletKey;
import org.junit.jupiter.api.Test;

class VerifiedSignaturesTest {
  private final VerifiedSignatures signatures = new VerifiedSignatures();
  private final WalletKey key = key(1);
  private final ByteString document = ByteString.copyFromUtf8("a document");
  private final ByteString signature = ByteString.copyFrom(key.sign(document.toByteArray()));

  private static WalletKey key(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return WalletKey.of(bytes);
  }

  private static ByteString publicKey(WalletKey key) {
    return ByteString.copyFrom(key.publicKey().toArray());
  }

  @Test
  void aSignatureThatWasValidOnceIsValidAgainForItsOwnKeyAndDocumentOnly() {
    for (int i = 0; i < 2; i++) {
      assertThat(signatures.isValid(publicKey(key), document, signature)).isTrue();
      assertThat(signatures.isValid(publicKey(key(2)), document, signature)).isFalse();
      assertThat(signatures.isValid(publicKey(key), ByteString.copyFromUtf8("other"), signature))
          .isFalse();
      assertThat(signatures.isValid(publicKey(key), document, ByteString.copyFrom(new byte[64])))
          .isFalse();
    }
  }
}
