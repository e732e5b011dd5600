package io.berth.functions.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.runtime.SignerProtocol.OwnerTokenRequest;
import io.berth.runtime.SignerProtocol.WalletAnswer;
import io.berth.runtime.SignerProtocol.WalletRequest;
import io.berth.wallet.KmsDataKeys;
import io.berth.wallet.MnemonicSeal;
import io.berth.wallet.Secp256k1;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssueOwnerTokenTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
  private static final String FULL = "{\"access\":\"full\"}";

  private final SecureRandom random = new SecureRandom();
  private final Memory.WalletRows wallets = new Memory.WalletRows();
  private final MnemonicSeal seal =
      new MnemonicSeal(new KmsDataKeys(new Memory.Kms(), "key-1"), random);
  private final IssueOwnerToken issuer =
      new IssueOwnerToken(
          new TokenPress(
              wallets,
              new Vault(seal, new Memory.FundingSecret(Memory.freshPhrase(random)), "funding")),
          () -> NOW,
          () -> "id-1");

  private WalletAnswer ann;

  @BeforeEach
  void makeAnnsWallet() {
    ann = new CreateWallet(wallets, seal, random, () -> NOW).answer(new WalletRequest("ann"));
  }

  @Test
  void signsWhatWasAskedForWithTheUsersKey() {
    String leases = "{\"access\":\"scoped\",\"scope\":[\"logs\"]}";

    String token = issuer.answer(new OwnerTokenRequest("ann", 300, leases)).token();

    String[] parts = token.split("\\.", -1);
    assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"exp\":1790000300,\"iat\":1789999940,\"iss\":\""
                + ann.address()
                + "\",\"jti\":\"id-1\",\"leases\":"
                + leases
                + ",\"nbf\":1789999940,\"version\":\"v1\"}");
    assertThat(
            Secp256k1.verify(
                HexFormat.of().parseHex(ann.publicKey()),
                (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(parts[2])))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 3601, Long.MAX_VALUE})
  void issuesNoneOfAnotherLife(long seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuer.answer(new OwnerTokenRequest("ann", seconds, FULL)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"access\":\"full\",\"scope\":[\"logs\"]}"})
  void issuesNoneForAnotherClaim(String leases) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuer.answer(new OwnerTokenRequest("ann", 300, leases)));
  }

  @Test
  void issuesNoneWithoutAWallet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuer.answer(new OwnerTokenRequest("bob", 300, FULL)));
  }
}
