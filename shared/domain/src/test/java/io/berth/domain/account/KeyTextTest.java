package io.berth.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  private final KeyText key = KeyText.generate("test", new SecureRandom());

  @Test
  void hasTheFieldsFormWithAChecksumBehindTheSecret() {
    assertThat(key.reveal()).matches("ac\\.sk\\.test\\.[0-9a-f]{64}[0-9a-f]{8}");
  }

  @Test
  void readsItselfBack() {
    assertThat(KeyText.parse(key.reveal(), "test"))
        .hasValueSatisfying(read -> assertThat(read.reveal()).isEqualTo(key.reveal()));
  }

  @Test
  void isRefusedWithAnyCharacterChanged() {
    String text = key.reveal();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == '0' ? '1' : '0';
      String mistyped = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(KeyText.parse(mistyped, "test")).as(mistyped).isEmpty();
    }
  }

  @Test
  void isRefusedInAnotherEnvironment() {
    assertThat(KeyText.parse(key.reveal(), "production")).isEmpty();
  }

  @Test
  void showsOnlyTheEndsOfItsSecret() {
    String secret = key.reveal().substring("ac.sk.test.".length());

    assertThat(key.toString())
        .isEqualTo("ac.sk.test." + secret.substring(0, 6) + "***" + secret.substring(66));
  }

  @Test
  void hasADigestThatDependsOnThePepper() {
    assertThat(key.digest(Pepper.of(new byte[] {0})))
        .hasSize(64)
        .isEqualTo(key.digest(Pepper.of(new byte[] {0})))
        .isNotEqualTo(key.digest(Pepper.of(new byte[] {1})));
  }

  @Test
  void hasAPepperThatNothingPrintsOrSharesAnArrayWith() {
    byte[] bytes = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    Pepper pepper = Pepper.of(bytes);
    String before = key.digest(pepper);
    Arrays.fill(bytes, (byte) 0);

    assertThat(pepper).hasToString("Pepper[hidden]");
    assertThat(key.digest(pepper)).isEqualTo(before);
    assertThatIllegalArgumentException().isThrownBy(() -> Pepper.of(new byte[0]));
  }
}
