package io.berth.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.domain.Bytes;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bech32Test {
  private static final String ADDRESS = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0";

  // The valid and the invalid texts of BIP-173.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A12UEL5L",
        "a12uel5l",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
        "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
        "?1ezyfcl"
      })
  void readsAndWritesTheValidTexts(String text) {
    Bech32.Groups groups = Bech32.decodeGroups(text);

    assertThat(Bech32.encodeGroups(groups.prefix, groups.values))
        .isEqualTo(text.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " 1nwldj5",
        "\u007f1axkwrx",
        "\u00801eym55h",
        "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
        "pzry9x0s0muk",
        "1pzry9x0s0muk",
        "x1b4n0q5v",
        "li1dgmt3",
        "de1lg7wt\u00ff",
        "A1G7SGD8",
        "10a06t8",
        "1qzzfhee",
        "a12UEL5L",
        ""
      })
  void refusesTheInvalidTexts(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Bech32.decodeGroups(text));
  }

  @Test
  void readsBackWhatItWrites() {
    for (int size = 0; size < 48; size++) {
      byte[] data = new byte[size];
      for (int i = 0; i < size; i++) {
        data[i] = (byte) (i * 37 + size);
      }

      assertThat(Bech32.decode(Bech32.encode("akash", data)))
          .isEqualTo(new Bech32.Decoded("akash", Bytes.of(data)));
    }
  }

  @Test
  void refusesPaddingThatIsNotZeroOrTooLong() {
    String notZero = Bech32.encodeGroups("akash", new byte[] {0, 1});
    String tooLong = Bech32.encodeGroups("akash", new byte[] {0, 0, 0});

    assertThatIllegalArgumentException().isThrownBy(() -> Bech32.decode(notZero));
    assertThatIllegalArgumentException().isThrownBy(() -> Bech32.decode(tooLong));
  }

  @Test
  void refusesToWriteMoreThan90CharactersOrAnUpperCasePrefix() {
    assertThat(Bech32.encode("akash", new byte[48])).hasSize(89);
    assertThatIllegalArgumentException().isThrownBy(() -> Bech32.encode("akash", new byte[49]));
    assertThatIllegalArgumentException().isThrownBy(() -> Bech32.encode("Akash", new byte[20]));
    assertThatIllegalArgumentException().isThrownBy(() -> Bech32.encode("", new byte[20]));
  }

  @Test
  void knowsAnAkashAddress() {
    assertThat(Addresses.isAkash(ADDRESS)).isTrue();
    assertThat(Addresses.of(Bech32.decode(ADDRESS).data())).isEqualTo(ADDRESS);
  }

  @Test
  void anythingElseIsNoAkashAddress() {
    assertThat(Addresses.isAkash("")).isFalse();
    assertThat(Addresses.isAkash("akash1")).isFalse();
    assertThat(Addresses.isAkash(ADDRESS.toUpperCase(Locale.ROOT))).isFalse();
    assertThat(Addresses.isAkash(ADDRESS + " ")).isFalse();
    assertThat(Addresses.isAkash(ADDRESS.replace('9', 'p'))).isFalse();
    assertThat(Addresses.isAkash(Bech32.encode("akash", new byte[19]))).isFalse();
    assertThat(Addresses.isAkash(Bech32.encode("akash", new byte[32]))).isFalse();
    assertThat(Addresses.isAkash(Bech32.encode("cosmos", new byte[20]))).isFalse();
    assertThat(Addresses.isAkash(Bech32.encode("akashpub", new byte[20]))).isFalse();
  }
}
